"""The results that the report is tried with: computed by the library from tests/data, and hostile ones made from those."""

import csv
import datetime
import json
import pathlib

import rancognition

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
HOUR_NS = 3_600_000_000_000
HORIZON_HOURS = 48
CELL_HOURS = 336
FAIL_RATE = "ERAB.EstabFailRate"
SETUP_RATE = "RRC.ConnEstabFailRate"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`]]>&amp;\u202e\u05d0\u05d1\u05d2 \U0001f4f6"


def _history():
    with open(DATA / "erab_hourly.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    start = datetime.datetime.fromisoformat(rows[0]["timestamp"].replace("Z", "+00:00"))
    start_ns = int(start.timestamp()) * 1_000_000_000
    return start_ns, {FAIL_RATE: [float(row["erab_setup_fail_pct"]) for row in rows], SETUP_RATE: [float(row["rrc_setup_fail_pct"]) for row in rows]}


def _problem(name, start_ns, series, constraints, network="lte-network"):
    return {
        "id": name, "network_id": network, "problem_type": "kpi", "objectives": [f"minimize {FAIL_RATE}"], "constraints": constraints,
        "horizon_ns": HORIZON_HOURS * HOUR_NS, "include_timeline": True,
        "history": {metric: {"start_ns": start_ns, "step_ns": HOUR_NS, "values": values} for metric, values in series.items()},
    }


def network():
    """One network: two metrics over 60 days, with limits."""
    start_ns, series = _history()
    limits = [f"{FAIL_RATE} <= 1", f"always[0,43200s]({FAIL_RATE} <= 0.6)", f"{SETUP_RATE} <= 0.2"]
    with rancognition.Temporal() as core:
        return core.expand_subjective_time(_problem("lte-network-2018", start_ns, series, limits))


def fleet(cells=50):
    """One result per cell: each cell is two weeks of the network, a day later than the cell before it, against a limit of its own."""
    start_ns, series = _history()
    problems = []
    for cell in range(cells):
        first = cell * 21 % (len(series[FAIL_RATE]) - CELL_HOURS)
        cut = {FAIL_RATE: series[FAIL_RATE][first:first + CELL_HOURS]}
        if cell % 5 == 0:
            cut[SETUP_RATE] = series[SETUP_RATE][first:first + CELL_HOURS]
        limit = (0.5, 0.9, 1.5, 2.5, 6.0)[cell % 5]
        problems.append(_problem(f"gNB-{1 + cell // 3:03d}/NRCellDU={1 + cell % 3}", start_ns + first * HOUR_NS, cut, [f"{FAIL_RATE} <= {limit}"], f"region-{1 + cell // 18}"))
    with rancognition.Temporal() as core:
        result = core.parallel_temporal_analysis(problems)
    result["results"].append({"Err": "history: no samples"})
    return result


def enlarged(result, cells):
    """A fleet of many cells: the cells of a small one again and again, under new names."""
    known = [item["Ok"] for item in result["results"] if "Ok" in item]
    items = []
    for cell in range(cells):
        copy = dict(known[cell % len(known)])
        copy["problem_id"] = f"gNB-{1 + cell // 3:04d}/NRCellDU={1 + cell % 3}"
        copy["network_id"] = f"region-{1 + cell // 90}"
        items.append({"Ok": copy})
    return {"results": items}


def numbered(result):
    """Cells that are called as the page numbers its rows, but from 0: each bears the number of the one before it."""
    items = [json.loads(json.dumps(item)) for item in result["results"][:6]]
    for number, item in enumerate(items):
        item["Ok"]["problem_id"] = f"problem-{number}"
    return {"results": items}


def hostile(result):
    """The fleet with names and texts that try to be markup, to be long, or to be nothing; and numbers that are missing."""
    items = [json.loads(json.dumps(item)) for item in result["results"][:8]]
    names = [HOSTILE, "x" * 10_000, "\u05ea\u05d0 " * 40, "", "\U0001f4e1" * 300, "a b\nc\td", "'; DROP TABLE cells; --", "#cell=x&find=%00"]
    for item, name in zip(items, names):
        ok = item["Ok"]
        ok["problem_id"] = name
        ok["network_id"] = name
        for insight in ok["insights"]:
            insight["description"] = name + " " + insight["description"]
        for part in ("predictions", "series", "metrics", "patterns"):
            for entry in ok[part]:
                entry["metric"] = name
        for verdict in ok["verdicts"]:
            verdict["expression"] = name
    first = items[0]["Ok"]
    first["insights"] = [dict(first["insights"][0], description=f"Finding {i} {HOSTILE}") for i in range(3000)]
    first["patterns"] = [dict(first["patterns"][0], metric=f"m{i}") for i in range(3000)]
    items[1]["Ok"]["series"][0]["values"] = [None] * 30
    items[2]["Ok"]["series"][0]["values"] = [1.5]
    items[3]["Ok"].update(series=[], predictions=[], metrics=[], verdicts=[], insights=[], patterns=[])
    items[4]["Ok"]["verdicts"] = [{"id": "v", "expression": "x < 1", "probability": None}]
    items.append({"Err": HOSTILE})
    items.append({"Ok": None})
    return {"results": items, HOSTILE: HOSTILE}


def other():
    """A result that the page has no words for, shown as it is."""
    return {"decision_id": 12, "mode": "ASSIST", "explanation": [{"text": "Too late."}, {"text": "Raise the threshold."}],
            "actions": [{"managedObject": f"NRCellDU={i}", "attribute": "qRxLevMin", "before": -120 + i, "after": -118 + i, "gain": i / 7} for i in range(12)],
            "timing_ns": {"recall": 120000, "forecast": 3_400_000}, "tasks": [{"task_id": 18446744073709551613, "execute_time": 1700000000123456700 + ns} for ns in (3, 1, 5)],
            "matrix": [[1, 2], [3, 4]], "none": None, "flag": True, "empty": []}


def _episodes(count, text=""):
    """Windows of the network's failure rates: the situation, every second time a change of a tilt, and what came six hours later."""
    start_ns, series = _history()
    rates, setups = series[FAIL_RATE], series[SETUP_RATE]
    episodes = []
    for i in range(count):
        at = 24 + i
        done = i % 2 == 0
        later = sum(rates[at + 1:at + 7]) / 6 - (0.05 if done else 0)
        episodes.append({
            "time_ns": start_ns + at * HOUR_NS, "network_id": "lte-network" + text, "cell": f"NRCellDU={1 + i % 3}" + text, "problem_type": "tilt",
            "situation": {FAIL_RATE: rates[at], "NRCellDU=1/" + SETUP_RATE + text: setups[at], "mean_24h": sum(rates[at - 24:at]) / 24},
            "action": [{"managedObject": f"NRCellDU={1 + i % 3}" + text, "attribute": "digitalTilt", "before": 2, "after": 4}] if done else [],
            "outcome": {FAIL_RATE: later}, "reward": -later, "success": later <= 0.5, "tags": ["busy hour" + text] if i % 4 == 0 else [],
            "metadata": {"vendor": "ab"[i % 2] + text, "band": {"name": "n78", "mhz": 3500}}, "text": "handover alarm before" + text if i % 3 == 0 else "",
        })
    return episodes


def memory():
    """Every kind of result of the memory core, by name."""
    with rancognition.Memory() as core:
        made = {"stored": json.loads(core.store_json(_episodes(1200)))}
        query = {"situation": {FAIL_RATE: 0.9, "mean_24h": 0.6, "unknown.metric": 3}, "explain": True}
        made["recall"] = core.recall(dict(query, k=6))
        made["weighted"] = core.recall(dict(query, k=8, weights={"similarity": 1, "recency": 0.5, "reward": 1}, nonsense=4))
        made["hits"] = core.recall(dict(query, k=1000))
        made["words"] = core.recall({"text": "alarm", "k": 3})
        made["nothing"] = core.recall({"text": "alarm", "filter": {"cell": "none"}})
        made["updated"] = core.update({"id": 1, "reward": 9})
        made["skills"] = core.analyze({"op": "skills", "min_count": 5})
        made["effect"] = core.analyze({"op": "effect", "action": {"attribute": "digitalTilt"}, "outcome": FAIL_RATE})
        made["unsure"] = core.analyze({"op": "effect", "action": {"attribute": "none"}, "outcome": FAIL_RATE})
        made["pruned"] = core.analyze({"op": "prune", "max_rows": 100})
        made["state"] = core.stats()
    with rancognition.Memory() as core:
        core.store(_episodes(12, HOSTILE))
        made["hostile"] = core.recall({"situation": {FAIL_RATE: 0.9}, "k": 12, "explain": True})
        made["hostile"]["hits"][1]["episode"].update(text="x" * 10_000, cell="\u05ea\u05d0 " * 40, action=[{"before": HOSTILE}], situation=None)
        made["hostile"]["hits"][2] = {"id": None, "episode": {}, "why": [{}, None]}
    return made


def _network(traffic_mbps=600):
    """19 sites with 57 cells and 1500 users."""
    return {"layout": {"type": "hexagonal", "sites": 19, "inter_site_distance_m": 500, "wraparound": True}, "propagation": {"model": "UMa", "frequency_ghz": 2, "seed": 1},
            "users": {"count": 1500, "seed": 2}, "antenna": {"model": "TR38901", "rows": 10}, "bandwidth_mhz": 20, "traffic_mbps": traffic_mbps}


def _choices(*objectives, text=""):
    return {"variables": [{"name": name + text, "type": "real", "lower": 0, "upper": 1} for name in "xyz"], "objectives": [{"name": name + text, "sense": sense} for name, sense in objectives],
            "budget": {"evaluations": 300}, "seed": 5}


def optimization():
    """Every kind of result of the optimization core, by name."""
    made = {}
    with rancognition.Optimizer(seed=3) as core:
        made["function"] = core.optimize({"function": {"suite": "bbob", "id": 8, "dimension": 4, "instance": 3}, "budget": {"evaluations": 3000}, "seed": 7})
        made["one"] = core.optimize_with({"variables": [{"name": "x", "type": "real", "lower": 0, "upper": 1}], "objectives": [{"name": "f", "sense": "min"}], "budget": {"evaluations": 1}}, lambda x: x[0])
        made["tilt"] = core.optimize({"problem_type": "CCO", "network": _network(), "budget": {"evaluations": 300}, "seed": 1, "include_map": True})
        made["saving"] = core.optimize({"problem_type": "ES", "network": _network(100), "budget": {"evaluations": 300}, "seed": 1, "include_map": True})
        made["infeasible"] = core.optimize({"problem_type": "ES", "network": _network(900), "limits": {"max_load": 0.1}, "budget": {"evaluations": 60}, "seed": 1, "include_map": True})
        made["two"] = core.optimize_with(_choices(("cost", "min"), ("gain", "max")), lambda x: [x[0] * x[0] + x[1] * x[1], x[0] + x[1] - x[0] * x[1]])
        made["three"] = core.optimize_with(_choices(("cost", "min"), ("gain", "max"), ("energy_w", "min")), lambda x: [x[0] * x[0] + x[1] * x[1], x[0] + x[1] - x[0] * x[1], x[2] + 1 / (0.1 + x[0])])
        made["network"] = core.evaluate_network(_network())
        made["broken"] = core.evaluate_network(_network(100_000))
    made["hostile"] = hostile_search(made["tilt"])
    return made


def hostile_search(result):
    """A search whose names try to be markup, to be long, or to be nothing; and numbers that are missing."""
    made = json.loads(json.dumps(result))
    names = [HOSTILE, "x" * 10_000, "\u05ea\u05d0 " * 40, "", "\U0001f4e1" * 300, "a b\nc\td"]
    for number, change in enumerate(made["actions"]):
        change.update(managedObject=names[number % len(names)], attribute=names[(number + 1) % len(names)], after=names[number % len(names)])
    made["best"]["values"] = {HOSTILE: 1}
    made["best"]["constraints"] += [{"name": name, "value": 1, "slack": -1} for name in names] + [{"name": HOSTILE}]
    made["best"]["feasible"] = False
    made["infeasible_subset"] = names
    made["sensitivity"] = {name: 0.5 for name in names}
    made["arms"] = {name: 3 for name in names}
    made["expected"] = {name: {"before": 1, "after": None} for name in names}
    made["pareto"] = [{"x": [1], "f": [1]}, {"f": [None]}]
    made["map"]["sites"][0] = {"x": 1e300, "y": 0}
    made["map"]["sites"][1] = {}
    made["map"]["cells"][9:12] = [{}, {"site": -1, "azimuth_deg": 1e300}, {"site": HOSTILE}]
    made["map"]["users"][:3] = [{}, {"x": 1}, {"x": 0, "y": 0, "rate_mbps_before": None}]
    made[HOSTILE] = HOSTILE
    return made


def _loop_of_hours(core, hours=240):
    """The network's failure rate, expected hour by hour as the hour before and as the day before; gives the last reply."""
    start_ns, series = _history()
    rates, reply = series[FAIL_RATE], None
    for hour in range(24, 24 + hours):
        told = {"loop_id": "failure rate", "time_ns": start_ns + hour * HOUR_NS}
        if reply:
            told["observed"] = {FAIL_RATE: rates[hour - 1], SETUP_RATE: series[SETUP_RATE][hour - 1]}
        told["predict"] = {FAIL_RATE: {"mean": rates[hour - 1], "lower": 0.8 * rates[hour - 1], "upper": 1.2 * rates[hour - 1] + 0.01, "coverage": 0.9},
                           SETUP_RATE: {"mean": series[SETUP_RATE][hour - 1], "lower": 0, "upper": 0.4, "coverage": 0.95}}
        told["experts"] = {name: {FAIL_RATE: rates[at], SETUP_RATE: series[SETUP_RATE][at]} for name, at in (("hour before", hour - 1), ("day before", hour - 24))}
        told["actions"] = [{"managedObject": "NRCellDU=1", "attribute": "digitalTilt", "before": hour % 3, "after": (hour + 1) % 3}] if hour % 10 == 0 else []
        reply = core.observe(told)
    return reply


def _loop_that_tunes(core, steps=3000):
    """Its predictions are wrong by another amount every 40 steps: a shorter memory than it begins with is better."""
    for step in range(steps):
        told = {"loop_id": "drifting", "time_ns": 1_600_000_000_000_000_000 + step * HOUR_NS, "predict": {"RRU.PrbTotDl": {"mean": 50, "lower": 45, "upper": 55, "coverage": 0.9}}}
        if step:
            told["observed"] = {"RRU.PrbTotDl": 50 + (9, -6, 3, -9, 6)[step // 40 % 5] + (step * 7919 % 101 - 50) / 40}
        core.observe(told)


def _command(number, source, parameter, value, cell="NRCellDU=1", start=0, span=HOUR_NS):
    return {"source": source, "command": f"c{number}", "targetParameter": parameter, "targetValue": value, "targetCell": cell, "timestamp": 1_600_000_000_000_000_000 + start, "controlTimespan": span}


def _quarrel(text=""):
    """A conflict of each class, and three functions that chase each other."""
    commands = [_command(0, "MobilityRobustness" + text, "cio", 3), _command(1, "LoadBalancing" + text, "cio", 5), _command(2, "CoverageOptimization" + text, "a3Offset", 1),
                _command(3, "EnergySaving" + text, "power", 40, "NRCellDU=9" + text, HOUR_NS, 3 * HOUR_NS), _command(4, "QosOptimization" + text, "weight", 2, "NRCellDU=9" + text, 2 * HOUR_NS, 2 * HOUR_NS)]
    at = commands[3]["timestamp"] - HOUR_NS
    kpis = [{"cell": "NRCellDU=9" + text, "metric": "DRB.UEThpDl" + text, "time_ns": at + minute * HOUR_NS // 60, "value": (50 if minute < 60 else 45 if minute < 120 else 30) + minute % 5} for minute in range(180)]
    groups = [{"groupName": "handover margins" + text, "parameters": [{"changeTarget": "", "parameterName": name} for name in ("cio", "a3Offset")]}]
    loops = {"names": [name + text for name in ("MobilityRobustness", "LoadBalancing", "EnergySaving")], "gain": [[0.1, -1.3, 0], [1.2, 0.2, 0.3], [0, 0.1, 0.5]]}
    return {"commands": commands, "kpis": kpis, "groups": groups, "loops": loops}


def strange_loop():
    """Every kind of result of the strange-loop core, by name."""
    made = {}
    with rancognition.StrangeLoop() as core:
        made["cosine"] = core.solve({"map": {"type": "expression", "variables": ["x"], "expressions": ["cos(x)"]}, "x0": [0], "method": "picard"})
        made["cycle"] = core.solve({"map": {"type": "expression", "variables": ["x"], "expressions": ["3.2 * x * (1 - x)"]}, "x0": [0.3], "method": "picard"})
        made["load"] = core.solve({"map": {"type": "load_coupling", "network": _network(300)}})
        made["infeasible"] = core.solve({"map": {"type": "load_coupling", "network": _network(100_000)}})
        chain = [[0.8 if column == row else 0.05 if abs(column - row) == 1 else 0 for column in range(300)] for row in range(300)]
        made["wide"] = core.solve({"map": {"type": "linear", "matrix": chain, "offset": [(row % 7) - 3 for row in range(300)]}, "method": "picard", "max_iterations": 5000, "tolerance": 1e-6})
        made["conflicts"] = core.detect_conflicts(dict(_quarrel(), keep=True))
        made["peace"] = core.detect_conflicts({"commands": [_command(0, "a", "p", 1), _command(1, "b", "p", 1)]})
        _loop_that_tunes(core)
        made["reply"] = _loop_of_hours(core)
        made["state"] = core.get_state()
    with rancognition.StrangeLoop() as core:
        made["many"] = core.detect_conflicts({"commands": [_command(number, f"xApp-{number % 30}", "cio", number) for number in range(150)],
                                              "loops": {"names": [f"xApp-{i}" for i in range(60)], "gain": [[(i * 7 + j * 3) % 11 / 40 - 0.1 for j in range(60)] for i in range(60)]}})
    with rancognition.StrangeLoop() as core:
        for step in range(4):
            for loop in range(1000):
                told = {"loop_id": f"gNB-{1 + loop // 3:04d}/NRCellDU={1 + loop % 3}", "time_ns": 1_600_000_000_000_000_000 + step * HOUR_NS}
                if step:
                    told["observed"] = {"RRU.PrbTotDl": 50 + (loop * 7 + step * 5) % 23}
                told["predict"] = {"RRU.PrbTotDl": {"mean": 60, "lower": 50, "upper": 70}}
                core.observe(told)
        made["thousand"] = core.get_state()
    with rancognition.StrangeLoop() as core:
        made["hostile"] = core.detect_conflicts(_quarrel(HOSTILE))
        told = {"loop_id": HOSTILE, "time_ns": 1, "predict": {HOSTILE: {"mean": 1, "lower": 0, "upper": 2}, "x" * 900: {"mean": 1}}, "experts": {HOSTILE: {HOSTILE: 1}, "\u05ea\u05d0 " * 40: {HOSTILE: 2}}}
        made["hostile-reply"] = core.observe(told)
        core.observe({"loop_id": HOSTILE, "time_ns": 2, "observed": {HOSTILE: 5}})
        made["hostile-state"] = core.get_state()
    made["hostile"]["conflicts"] += [{}, {"conflictType": HOSTILE, "sources": [HOSTILE, None], "commands": None, "advice": {"precedence": [HOSTILE] * 50}}]
    made["hostile"][HOSTILE] = HOSTILE
    return made


def _golden(name):
    """A result of the cognitive core as the library writes it, kept to compare with."""
    with open(DATA.parent / "golden" / f"cognition_{name}.json", encoding="utf-8") as file:
        return json.load(file)


def _earlier(number, text=""):
    """A decision about one relation: handovers are made earlier, and six alternatives were weighed."""
    relation = f"NRCellRelation={number}-{number + 1}{text}"
    metrics = {f"{relation}/HO.IntraSys.TooLate / {relation}/MM.HoExeInterReq{text}": (0.082, 0.03), f"NRCellDU={number}/RRU.PrbTotDl{text}": (61.5, 62.25), f"NRCellDU={number + 1}/DRB.UEThpDl{text}": (18.25, 18.5)}
    expected = [{name: {"p10": 0.85 * pair[side], "p50": pair[side], "p90": 1.2 * pair[side]} for name, pair in metrics.items()} for side in (0, 1)]
    made = _golden("decision")
    change = {"managedObject": relation, "attribute": "cellIndividualOffset", "before": 0, "after": 2}
    made.update(decision_id=number, mode=("SHADOW", "ASSIST", "AUTONOMOUS")[number % 3], time_ns=1_600_000_000_000_000_000 + number * HOUR_NS, actions=[change], expected=expected[1], confidence=0.5 + number % 5 / 10,
                reason="the best of the alternatives against too_late" + text)
    made["cause"].update(managedObject=relation, confidence=0.9875)
    made["causes"] = [made["cause"]] + [dict(made["cause"], managedObject=f"NRCellRelation={number}-{other}{text}", name=("healthy", "ping_pong", "too_early")[other % 3]) for other in range(8)]
    made["alternatives"] = [{"actions": [], "expected": expected[0], "p_all_targets": 0.25, "source": "nothing", "vetoes": []}] + [
        {"actions": [dict(change, after=after)], "expected": expected[after == 2], "p_all_targets": 0.9 - abs(after - 2) / 10, "source": "mro", "vetoes": ["AT_BOUND" + text] if after > 4 else []} for after in (1, 2, 3, 4, 5)]
    made["guards"] = [{"name": name + text, "passed": name != "AT_BOUND", "reason": "5 is beyond -4..4" + text if name == "AT_BOUND" else "nothing to object", **({"vetoed": [dict(change, after=5)]} if name == "AT_BOUND" else {})}
                      for name in ("NOT_ALLOWED", "PROTECTED_CELL", "INSUFFICIENT_SAMPLES", "PACING", "AT_BOUND", "MAX_CHANGE", "CONFLICT")]
    made["rollback"] = {"condition": f"{relation}/HO.IntraSys.TooLate / {relation}/MM.HoExeInterReq > 0.087{text}", "observe_ns": 900_000_000_000, "restore": [dict(change, after=0)]}
    del made["rollback"]["restore"][0]["before"]
    made["explanation"] = [{"text": f"{relation}: too_late, with a probability of 98.8 %." + text, "fields": ["/cause/name", "/cause/confidence", "/cause/managedObject"]},
                           {"text": "too_late_rate is 0.0825, held against 0.05.", "fields": ["/cause/tests/0/value", "/cause/tests/0/limit"]},
                           {"text": f"cellIndividualOffset of {relation} goes from 0 to 2.", "fields": ["/actions/0/before", "/actions/0/after"]}]
    made["timing_ns"] = {"recall": 210_000, "forecast": 1_900_000, "optimise": 450_000, "whatif": 7_400_000, "guards": 90_000}
    return made


def _believed(text=""):
    """A state whose confidences are too high where they are high."""
    made = _golden("state")
    made["calibration"]["bins"] = [{"lower": bin / 10, "upper": (bin + 1) / 10, "count": 12 * bin, "confidence": bin / 10 + 0.05 if bin else None, "held": min(1, 0.1 + 0.08 * bin) if bin else None} for bin in range(10)]
    made["calibration"].update(ece=0.062, count=540)
    made["decisions"] = {"SHADOW": 60, "ASSIST": 180, "AUTONOMOUS": 300, "OPEN": 12, "KEPT": 480, "ROLL_BACK": 18, "ROLLED_BACK": 30, "WITH_ACTIONS": 400, "WITHOUT_ACTIONS": 140, "EXECUTED": 320, "TOTAL": 540}
    made["vetoes"] = {"PACING" + text: 41, "AT_BOUND": 12, "LOW_CONFIDENCE": 3}
    made["integration"].update(partition=[[f"NRCellDU={cell}/RRU.PrbTotDl{text}" for cell in range(1, 6)], [f"NRCellDU={cell}/DRB.UEThpDl" for cell in range(1, 4)]], reason="NRCellDU=9/RRU.PrbTotDl is constant" + text)
    return made


def _log(decisions, text=""):
    """What was taken in, decisions with their outcomes, and a state at the end."""
    made = [_golden("ingest")]
    for number in range(1, decisions + 1):
        made.append(_earlier(number, text))
        made.append(dict(_golden("watching"), decision_id=number))
        if number % 4 == 0:
            made += [dict(_golden("roll_back"), decision_id=number), dict(_golden("rollback"), decision_id=number)]
        elif number % 4 != 3:
            made.append(dict(_golden("kept"), decision_id=number, reason="the problem rate went down" + text))
    return made + [_golden("infeasible"), _believed(text)]


def cognition():
    """Every kind of result of the cognitive core, by name: as the library writes them, with the numbers of a network in them."""
    made = {name.replace("_", "-"): _golden(name) for name in ("infeasible", "kept", "roll_back", "rollback", "ingest")}
    made["decision"], made["state"], made["log"], made["thousand"] = _earlier(2), _believed(), _log(6), _log(400)
    made["hostile"], made["hostile-state"], made["hostile-log"] = _earlier(2, HOSTILE), _believed(HOSTILE), _log(5, HOSTILE)
    made["hostile"].update(mode=HOSTILE, problem_type=HOSTILE, actions=made["hostile"]["actions"] + [{}, {"managedObject": "x" * 900, "attribute": HOSTILE, "before": None, "after": "\u05ea\u05d0 " * 40}])
    made["hostile"]["evidence"]["similar"] += [{}, {"id": HOSTILE, "outcome": {HOSTILE: 1}, "action": [{"attribute": HOSTILE}]}]
    made["hostile"][HOSTILE] = HOSTILE
    return made
