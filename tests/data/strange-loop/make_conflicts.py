#!/usr/bin/env python3
"""Writes conflicts.json: messages of control functions, with the conflicts that were put into them.

Every label follows from how a scene was built, never from looking for conflicts afterwards. A scene owns a span of
time that no other scene of its case touches; a scene with KPIs owns its cells too, so scenes cannot mix. A case is
one scene, or many scenes whose commands are shuffled together; the groups are the same in all cases. Run without
arguments; the seed is fixed, so the file comes out the same each time. Only the standard library is used.
"""
import json
import os
import random
from datetime import datetime, timedelta, timezone
from statistics import NormalDist

SEED = 20240611
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
START_MS = 1577836800000  # Wed Jan 01 00:00:00.000 2020
NS_PER_MS = 1000000
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SOURCES = ["mlb-xapp", "mro-xapp", "es-rapp", "cco-son", "ts-xapp", "qos-xapp"]

# qTxPower shares two groups with digitalTilt; the first that holds both is the one to be named.
GROUPS = [
    {"groupName": "handover", "parameters": ["cellIndividualOffset", "timeToTrigger", "hysteresis"]},
    {"groupName": "coverage", "parameters": ["digitalTilt", "configuredMaxTxPower", "digitalAzimuth"]},
    {"groupName": "energy", "parameters": ["administrativeState", "configuredMaxTxPower", "digitalTilt"]},
]
NO_GROUP = ["prbQuotaMax", "schedulerWeight"]
DIFFERENT_GROUPS = [("timeToTrigger", "digitalTilt"), ("hysteresis", "administrativeState"), ("digitalAzimuth", "administrativeState")]


def cmf_date(ms, _rng):
    time = EPOCH + timedelta(milliseconds=ms)
    return "%s %s %02d %02d:%02d:%02d.%03d %d" % (
        DAYS[time.weekday()], MONTHS[time.month - 1], time.day, time.hour, time.minute, time.second, time.microsecond // 1000, time.year)


def iso_date(ms, rng):
    offset = rng.choice([None, None, 60, -330])
    time = EPOCH + timedelta(milliseconds=ms)
    if offset is None:
        zone = "Z"
    else:
        time += timedelta(minutes=offset)
        zone = "%s%02d:%02d" % ("+" if offset >= 0 else "-", abs(offset) // 60, abs(offset) % 60)
    text = time.strftime("%Y-%m-%dT%H:%M:%S")
    if ms % 1000 or rng.random() < 0.5:
        text += ".%03d" % (time.microsecond // 1000)
    return text + zone


def write_time(ms, rng, form):
    if form == "cmf":
        return cmf_date(ms, rng)
    if form == "iso":
        return iso_date(ms, rng)
    return ms * NS_PER_MS


def write_span(ms, form):
    return str(ms) if form in ("cmf", "iso") else ms * NS_PER_MS


def write_value(value, rng):
    """The same number in one of its spellings; words stay as they are."""
    if isinstance(value, str):
        return value
    spellings = [value, float(value), str(value), str(float(value))]
    return rng.choice(spellings)


class Scene:
    """Commands by (source, parameter, value, cell, start, length), all in ms from the scene's begin."""

    def __init__(self, duration_ms):
        self.duration_ms = duration_ms
        self.commands = []
        self.kpis = []
        self.entries = []   # (kind, first, second, group, cell): places within the scene

    def command(self, source, parameter, value, cell, start_ms, length_ms):
        self.commands.append((source, parameter, value, cell, start_ms, length_ms))
        return len(self.commands) - 1

    def expect(self, kind, first, second, cell, group=None):
        self.entries.append((kind, first, second, group, cell))


def spans(shape, rng):
    """Two spans of the named shape: ((start, length), (start, length)), and how long they take together."""
    start = rng.randrange(0, 5000)
    length = rng.randrange(2000, 20000)
    other = rng.randrange(2000, 20000)
    if shape == "overlap":
        second = start + rng.randrange(1, length)
        return (start, length), (second, length - (second - start) + other)
    if shape == "last_millisecond":
        return (start, length), (start + length - 1, other)
    if shape == "nested":
        return (start, length), (start + length // 4, length // 2)
    if shape == "equal_start":
        return (start, length), (start, other)
    if shape == "equal":
        return (start, length), (start, length)
    if shape == "equal_end":
        return (start, length), (start + length // 2, length - length // 2)
    if shape == "touch":
        return (start, length), (start + length, other)
    if shape == "apart":
        return (start, length), (start + length + rng.randrange(1, 5000), other)
    if shape == "no_span_inside":
        return (start, length), (start + length // 2, 0)
    raise ValueError(shape)


OVERLAPPING = ["overlap", "last_millisecond", "nested", "equal_start", "equal", "equal_end"]
SEPARATE = ["touch", "apart", "no_span_inside"]


def pair(rng, shape, first, second):
    """A scene of two commands (source, parameter, value, cell) with spans of a shape."""
    (start, length), (other_start, other_length) = spans(shape, rng)
    scene = Scene(max(start + length, other_start + other_length) + 1)
    scene.command(*first, start, length)
    scene.command(*second, other_start, other_length)
    return scene


def two_sources(rng):
    return rng.sample(SOURCES, 2)


def two_values(rng):
    first = rng.randrange(-30, 40)
    return first, first + rng.choice([-3, -1, 1, 2, 10])


def any_parameter(rng):
    return rng.choice([name for group in GROUPS for name in group["parameters"]] + NO_GROUP)


def direct(rng, cells, shape):
    cell = cells()
    a, b = two_sources(rng)
    parameter = any_parameter(rng)
    if parameter == "administrativeState":
        first, second = rng.sample(["LOCKED", "UNLOCKED"], 2)
    else:
        first, second = two_values(rng)
    scene = pair(rng, shape, (a, parameter, first, cell), (b, parameter, second, cell))
    if shape in OVERLAPPING:
        scene.expect("direct", 0, 1, cell)
    return scene


def same_source(rng, cells, shape):
    cell = cells()
    source = rng.choice(SOURCES)
    first, second = two_values(rng)
    return pair(rng, shape, (source, "digitalTilt", first, cell), (source, rng.choice(["digitalTilt", "configuredMaxTxPower"]), second, cell))


def equal_values(rng, cells, shape):
    cell = cells()
    a, b = two_sources(rng)
    parameter = any_parameter(rng)
    value = rng.choice(["LOCKED", "UNLOCKED"]) if parameter == "administrativeState" else rng.randrange(-9, 40)
    return pair(rng, shape, (a, parameter, value, cell), (b, parameter, value, cell))


def other_cell(rng, cells, shape):
    a, b = two_sources(rng)
    first, second = two_values(rng)
    parameter, other = rng.choice([("digitalTilt", "digitalTilt"), ("digitalTilt", "configuredMaxTxPower"), ("timeToTrigger", "hysteresis")])
    return pair(rng, shape, (a, parameter, first, cells()), (b, other, second, cells()))


def indirect(rng, cells, shape):
    cell = cells()
    a, b = two_sources(rng)
    group = rng.choice(GROUPS)
    parameter, other = rng.sample(group["parameters"], 2)
    name = "coverage" if {parameter, other} == {"digitalTilt", "configuredMaxTxPower"} else group["groupName"]
    first, second = two_values(rng)
    values = {parameter: first, other: second}
    if "administrativeState" in values:
        values["administrativeState"] = "LOCKED"
    scene = pair(rng, shape, (a, parameter, values[parameter], cell), (b, other, values[other], cell))
    if shape in OVERLAPPING:
        scene.expect("indirect", 0, 1, cell, name)
    return scene


def unrelated(rng, cells, shape):
    cell = cells()
    a, b = two_sources(rng)
    parameter, other = rng.choice(DIFFERENT_GROUPS + [tuple(NO_GROUP), (NO_GROUP[0], "digitalTilt")])
    first, second = two_values(rng)
    return pair(rng, shape, (a, parameter, first, cell), (b, other, second, cell))


def three_together(rng, cells):
    """Two set the tilt, a third the power of the same cell."""
    cell = cells()
    a, b, c = rng.sample(SOURCES, 3)
    scene = Scene(30000)
    scene.command(a, "digitalTilt", 20, cell, 0, 20000)
    scene.command(b, "digitalTilt", 30, cell, 5000, 20000)
    scene.command(c, "configuredMaxTxPower", 43, cell, 10000, 20000)
    scene.expect("direct", 0, 1, cell)
    scene.expect("indirect", 0, 2, cell, "coverage")
    scene.expect("indirect", 1, 2, cell, "coverage")
    return scene


def chain(rng, cells):
    """The second meets the first and the third, which do not meet each other."""
    cell = cells()
    a, b, c = rng.sample(SOURCES, 3)
    scene = Scene(30000)
    scene.command(a, "hysteresis", 1, cell, 0, 10000)
    scene.command(b, "hysteresis", 2, cell, 5000, 10000)
    scene.command(c, "hysteresis", 3, cell, 10000, 10000)
    scene.expect("direct", 0, 1, cell)
    scene.expect("direct", 1, 2, cell)
    return scene


def two_agree_one_differs(rng, cells):
    cell = cells()
    a, b, c = rng.sample(SOURCES, 3)
    scene = Scene(30000)
    scene.command(a, "cellIndividualOffset", 2, cell, 0, 20000)
    scene.command(b, "cellIndividualOffset", 2, cell, 1000, 20000)
    scene.command(c, "cellIndividualOffset", -2, cell, 2000, 20000)
    scene.expect("direct", 0, 2, cell)
    scene.expect("direct", 1, 2, cell)
    return scene


def repeated_by_one_source(rng, cells):
    """One function changes its mind while another stands still: both of its commands meet the other's."""
    cell = cells()
    a, b = two_sources(rng)
    scene = Scene(30000)
    scene.command(a, "timeToTrigger", 160, cell, 0, 20000)
    scene.command(a, "timeToTrigger", 320, cell, 5000, 20000)
    scene.command(b, "hysteresis", 4, cell, 10000, 5000)
    scene.expect("indirect", 0, 2, cell, "handover")
    scene.expect("indirect", 1, 2, cell, "handover")
    return scene


def level(rng, mean, count, deviation=1.0):
    """Values of exactly this mean and spread (quantiles of a normal distribution), shuffled."""
    quantiles = [NormalDist().inv_cdf((i + 0.5) / count) for i in range(count)]
    scale = (sum(q * q for q in quantiles) / max(1, count - 1)) ** 0.5
    values = [round(mean + deviation * q / scale, 4) for q in quantiles]
    rng.shuffle(values)
    return values


def measure(scene, cell, metric, start_ms, end_ms, values, low_is_better):
    """Samples spread over [start, end): the first at the start, the last before the end."""
    for i, value in enumerate(values):
        at = start_ms + (end_ms - start_ms) * i // len(values)
        scene.kpis.append((cell, metric, at, value, low_is_better))


BEFORE, ONLY_EARLIER, BOTH, END = 0, 60000, 120000, 180000
GOOD, BAD = 100.0, 40.0


def kpi_scene(rng, cells, *, before, only_earlier, both, low=False, second_cell=False, kpi_of="first", commands=None,
              label=True, count_before=9, count_only=9, count_both=9, deviation=1.0, start_together=False,
              one_source=False, end_first=END):
    """Two functions that have nothing to do with each other, and one KPI by phase.

    The earlier is in force from ONLY_EARLIER to end_first, the later from BOTH to END. With low, levels are mirrored.
    """
    cell = cells()
    later_cell = cells() if second_cell else cell
    a, b = two_sources(rng)
    first, second = commands or (("digitalTilt", 30), ("timeToTrigger", 160))
    scene = Scene(end_first + 30000)
    earlier_start = BOTH if start_together else ONLY_EARLIER
    scene.command(a, first[0], first[1], cell, earlier_start, end_first - earlier_start)
    scene.command(a if one_source else b, second[0], second[1], later_cell, BOTH, END - BOTH)
    kpi_cell = {"first": cell, "second": later_cell, "other": None}[kpi_of] or cells()
    name = "RRC.ConnEstabFailRate" if low else "DRB.UEThpDl"

    def values(mean, count):
        mean = 2 * GOOD - mean if low else mean
        return level(rng, mean, count, deviation)

    measure(scene, kpi_cell, name, BEFORE, ONLY_EARLIER, values(before, count_before), low)
    measure(scene, kpi_cell, name, ONLY_EARLIER, BOTH, values(only_earlier, count_only), low)
    measure(scene, kpi_cell, name, BOTH, END, values(both, count_both), low)
    if label:
        scene.expect("implicit", 0, 1, kpi_cell)
    return scene


def implicit_scenes():
    """name -> scene builder."""
    def build(**settings):
        return lambda rng, cells: kpi_scene(rng, cells, **settings)

    def at_the_borders(fifth_inside):
        def scene(rng, cells):
            made = kpi_scene(rng, cells, before=GOOD, only_earlier=GOOD, both=BAD, label=fifth_inside, deviation=0.5)
            kept = [k for k in made.kpis if k[2] < BOTH]
            cell, metric = kept[0][0], kept[0][1]
            # the first at the very begin of the overlap; one at its very end is outside of it
            times = [BOTH, BOTH + 10000, BOTH + 20000, BOTH + 30000, END - 1 if fifth_inside else END]
            kept += [(cell, metric, at, BAD + 0.1 * i, False) for i, at in enumerate(times)]
            made.kpis = kept
            return made
        return scene

    def recovered(rng, cells):
        """The later one ends first, and all is well again."""
        made = kpi_scene(rng, cells, before=GOOD, only_earlier=GOOD, both=BAD, end_first=END + 60000)
        measure(made, made.commands[0][3], "DRB.UEThpDl", END, END + 60000, level(rng, GOOD, 9), False)
        return made

    def one_of_two_metrics(rng, cells):
        made = kpi_scene(rng, cells, before=GOOD, only_earlier=GOOD, both=BAD)
        for start, end in ((BEFORE, ONLY_EARLIER), (ONLY_EARLIER, BOTH), (BOTH, END)):
            measure(made, made.commands[0][3], "RRU.PrbTotDl", start, end, level(rng, 55, 9), False)
        return made

    def direct_with_drop(rng, cells):
        made = kpi_scene(rng, cells, before=GOOD, only_earlier=GOOD, both=BAD, commands=(("digitalTilt", 30), ("digitalTilt", 50)), label=False)
        made.expect("direct", 0, 1, made.commands[0][3])
        return made

    def indirect_with_drop(rng, cells):
        made = kpi_scene(rng, cells, before=GOOD, only_earlier=GOOD, both=BAD, commands=(("digitalTilt", 30), ("digitalAzimuth", 50)), label=False)
        made.expect("indirect", 0, 1, made.commands[0][3], "coverage")
        return made

    drop = {"before": GOOD, "only_earlier": GOOD, "both": BAD}
    return {
        "a throughput falls while both act": build(**drop),
        "a failure rate, low is better, rises while both act": build(**drop, low=True),
        "a drop of two and a half deviations, twelve samples": build(before=GOOD, only_earlier=GOOD, both=GOOD - 2.5, count_before=12, count_only=12, count_both=12),
        "five samples on each side are enough": build(**drop, count_before=5, count_only=5, count_both=5, deviation=0.5),
        "a KPI that does not vary falls": build(**drop, deviation=0.0),
        "the earlier one helps, both together hurt": build(before=GOOD, only_earlier=GOOD + 20, both=BAD),
        "worse with the earlier one, far worse with both": build(before=GOOD, only_earlier=GOOD - 20, both=BAD),
        "same parameter of two cells, the later one's cell suffers": build(**drop, second_cell=True, kpi_of="second", commands=(("digitalTilt", 30), ("digitalTilt", 50))),
        "two cells, the earlier one's cell suffers": build(**drop, second_cell=True, kpi_of="first"),
        "one of two metrics falls": one_of_two_metrics,
        "recovers when the later one ends": recovered,
        "five samples in the overlap, the first at its begin": at_the_borders(True),
        "four samples in the overlap and one at its end": at_the_borders(False),
        "only four samples in the overlap": build(**drop, count_both=4, label=False),
        "only four samples before": build(**drop, count_before=4, label=False),
        "only four samples of the earlier one alone": build(**drop, count_only=4, label=False),
        "both begin together, the earlier one was never alone": build(**drop, start_together=True, label=False),
        "the drop came with the earlier one": build(before=GOOD, only_earlier=BAD, both=BAD, label=False),
        "it was as bad before": build(before=BAD, only_earlier=GOOD, both=BAD, label=False),
        "the KPI rises": build(before=GOOD, only_earlier=GOOD, both=GOOD + 60, label=False),
        "low is better, the KPI falls": build(before=GOOD, only_earlier=GOOD, both=GOOD + 60, low=True, label=False),
        "a third of a deviation is noise": build(before=GOOD, only_earlier=GOOD, both=GOOD - 0.3, count_before=12, count_only=12, count_both=12, label=False),
        "significant at one per cent is not enough": build(before=GOOD, only_earlier=GOOD, both=GOOD - 1.0, count_before=12, count_only=12, count_both=12, label=False),
        "the KPI of a cell that neither touched falls": build(**drop, kpi_of="other", label=False),
        "same source, the KPI falls": build(**drop, one_source=True, label=False),
        "equal values, the KPI falls": build(**drop, commands=(("digitalTilt", 30), ("digitalTilt", 30)), label=False),
        "spans only touch, the KPI falls later": touching_with_drop,
        "direct stays direct when a KPI falls too": direct_with_drop,
        "indirect stays indirect when a KPI falls too": indirect_with_drop,
    }


def touching_with_drop(rng, cells):
    cell = cells()
    a, b = two_sources(rng)
    scene = Scene(END + 30000)
    scene.command(a, "digitalTilt", 30, cell, ONLY_EARLIER, BOTH - ONLY_EARLIER)
    scene.command(b, "timeToTrigger", 160, cell, BOTH, END - BOTH)
    for start, end, mean in ((BEFORE, ONLY_EARLIER, GOOD), (ONLY_EARLIER, BOTH, GOOD), (BOTH, END, BAD)):
        measure(scene, cell, "DRB.UEThpDl", start, end, level(rng, mean, 9), False)
    return scene


class Cells:
    """Names of cells; each call gives a new one."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.count = 0

    def __call__(self):
        self.count += 1
        return "%s%d" % (self.prefix, self.count)


def assemble(name, scenes, rng, forms, shuffle=True):
    commands, kpis, entries = [], [], []
    clock_ms = START_MS + rng.randrange(0, 400 * 86400000)
    for scene in scenes:
        base = len(commands)
        commands += [(c, clock_ms) for c in scene.commands]
        kpis += [(k, clock_ms) for k in scene.kpis]
        entries += [(kind, base + first, base + second, group, cell) for kind, first, second, group, cell in scene.entries]
        clock_ms += scene.duration_ms + rng.randrange(1, 60000)
    order = list(range(len(commands)))
    if shuffle:
        rng.shuffle(order)
        rng.shuffle(kpis)
    place = {old: new for new, old in enumerate(order)}
    written = []
    for old in order:
        (source, parameter, value, cell, start, length), base_ms = commands[old]
        form = rng.choice(forms)
        written.append({
            "source": source, "command": "set", "targetParameter": parameter, "targetValue": write_value(value, rng), "targetCell": cell,
            "timestamp": write_time(base_ms + start, rng, form), "controlTimespan": write_span(length, form)})
    conflicts = []
    for kind, first, second, group, cell in entries:
        first, second = sorted((place[first], place[second]))
        entry = {"conflictType": kind, "sources": [written[first]["source"], written[second]["source"]], "targetCell": cell, "commands": [first, second]}
        if group:
            entry["groupName"] = group
        conflicts.append(entry)
    conflicts.sort(key=lambda entry: entry["commands"])
    case = {"name": name, "commands": written, "conflicts": conflicts}
    if kpis:
        case["kpis"] = []
        for (cell, metric, at, value, low), base_ms in kpis:
            sample = {"cell": cell, "metric": metric, "time_ns": (base_ms + at) * NS_PER_MS, "value": value}
            if low:
                sample["better"] = "low"
            elif rng.random() < 0.1:
                sample["better"] = "high"
            case["kpis"].append(sample)
    return case


ALL_FORMS = ["cmf", "iso", "ns"]


def main():
    rng = random.Random(SEED)
    cases = []
    makers = [("direct", direct), ("same source", same_source), ("equal values", equal_values), ("other cell", other_cell), ("indirect", indirect), ("unrelated", unrelated)]
    for title, maker in makers:
        for shape in OVERLAPPING + SEPARATE:
            form = rng.choice(ALL_FORMS)
            cases.append(assemble("%s, %s, as %s" % (title, shape, form), [maker(rng, Cells("NRCellDU="), shape)], rng, [form]))
    for maker in (three_together, chain, two_agree_one_differs, repeated_by_one_source):
        cases.append(assemble(maker.__name__.replace("_", " "), [maker(rng, Cells("S1_C"))], rng, ["cmf"]))
    for name, maker in implicit_scenes().items():
        cases.append(assemble(name, [maker(rng, Cells("S1_C"))], rng, ALL_FORMS))
    cases.append(assemble("nothing", [], rng, ["cmf"]))

    for number in range(6):
        cells = Cells("S%d_C" % number)
        shared = ["S%d_shared%d" % (number, i) for i in range(3)]

        def few_cells(cells=shared):
            cells.append(cells.pop(0))
            return cells[0]

        scenes = []
        for _ in range(18):
            maker = rng.choice(makers)[1]
            scenes.append(maker(rng, few_cells, rng.choice(OVERLAPPING + SEPARATE)))
        for maker in rng.sample([three_together, chain, two_agree_one_differs, repeated_by_one_source], 2):
            scenes.append(maker(rng, few_cells))
        names = list(implicit_scenes().items())
        for _, maker in rng.sample(names, 1):
            scenes.append(maker(rng, cells))
        rng.shuffle(scenes)
        cases.append(assemble("many scenes %d" % (number + 1), scenes, rng, ALL_FORMS))

    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "conflicts.json")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        groups = [{"groupName": group["groupName"], "parameters": [{"changeTarget": "cell", "parameterName": name} for name in group["parameters"]]} for group in GROUPS]
        file.write('{"groups":%s,\n"cases":[\n%s\n]}\n' % (json.dumps(groups, separators=(",", ":")), ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)))


if __name__ == "__main__":
    main()
