"""Findings of the library as lines of text, each number with its unit."""

import re

from .words import UNBROKEN, duration, instant, instant_range, number, percent

_TESTED = ("trend", "drift", "level_shift", "variance_shift", "outage", "spike", "dip", "surge", "flatline")
_AS_GOOD_AS_CERTAIN = 1e-9
_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s()<>!&|"]+)')


def verdict_text(verdict, result, units):
    """How a limit stands over the window ahead."""
    expression, window = verdict["expression"], duration(result["base_duration"])
    probability = verdict["probability"]
    if probability is None:
        now = {True: "holds now; ", False: "is broken now; "}.get(verdict.get("holds_now"), "")
        return f"{expression}: {now}cannot be judged: {verdict['reason']}"
    if probability == 1:
        return f"{expression}: holds for {window} in all of {verdict['scenarios']} futures{_margin(verdict, units)}"
    first = verdict["first_violation_ns"]
    step_ns = _step(result)
    odds = percent(1 - probability) if probability > 0 else f"certainty, in all of {verdict['scenarios']} futures"
    when = f", typically first at {instant(first, step_ns)}" if first is not None else ""
    return f"{expression}: breaks within {window} with {odds}{when}{_margin(verdict, units)}"


def _margin(verdict, units):
    if verdict["robustness"] is None:
        return ""
    return f"; margin {verdict['robustness']:+.4g}{_unit_of_expression(verdict['expression'], units)}"


def _unit_of_expression(expression, units):
    """The unit of its numbers, where one metric is compared as it is: a quotient or a rate has another, two metrics have two."""
    words = [quoted or bare for quoted, bare in _WORDS.findall(expression)]
    metrics = {word for word in words if word in units}
    return "" if len(metrics) != 1 or "/" in words or "rate" in words else _unit(metrics.pop(), units)


def objective_text(objective, units):
    """What an objective is heading for."""
    if objective["p50"] is None:
        return f"{objective['objective']}: cannot be told: {objective['reason']}"
    unit = _unit(objective["metric"], units)
    better = f"; better than now with {percent(objective['probability_better'])}" if objective["probability_better"] is not None else ""
    return f"{objective['objective']}: {number(objective['now'])} now, {number(objective['p50'])}{unit} expected ({number(objective['p05'])} .. {number(objective['p95'])}){better}"


def events(result, units):
    """What happened, the newest first: faults and changes that were tested, and runs of samples beyond a limit, each limit in one line."""
    found = [(pattern["end_time"], _event(pattern, result, units)) for pattern in result["patterns"] if pattern["pattern_type"] in _TESTED]
    broken = {}
    for pattern in result["patterns"]:
        if pattern["pattern_type"] == "constraint_violation":
            broken.setdefault(pattern["constraint"], []).append(pattern)
    found += [(runs[-1]["end_time"], _violations(limit, runs, result, units)) for limit, runs in broken.items()]
    return [text for _, text in sorted(found, key=lambda one: -one[0])]


def _event(pattern, result, units):
    kind, metric, value = pattern["pattern_type"], pattern["metric"], pattern["parameters"]
    unit = _unit(metric, units)
    told = {
        "level_shift": lambda: f"{number(value['before'])} before, {number(value['after'])}{unit} since",
        "variance_shift": lambda: f"spread {number(value['before'])} before, {number(value['after'])}{unit} since",
        "flatline": lambda: f"{number(value['samples'])} samples at {number(value['value'])}{unit}",
        "trend": lambda: f"{value['change']:+.4g}{unit} in all, {value['slope_per_day']:+.4g} a day",
        "drift": lambda: f"{value['change']:+.4g}{unit} in all, {value['slope_per_day']:+.4g} a day",
    }.get(kind, lambda: f"{number(value['value'])} where {number(value['expected'])}{unit} was expected")()
    p_value = pattern["p_value"]
    sure = f"p < {_AS_GOOD_AS_CERTAIN:g}" if p_value < _AS_GOOD_AS_CERTAIN else f"p = {p_value:.1g}"
    return f"{instant_range(pattern['start_time'], pattern['end_time'], _step(result, metric))} {metric}: {kind.replace('_', ' ')}: {told} ({sure})"


def _violations(limit, runs, result, units):
    worst = max(runs, key=lambda run: run["parameters"]["worst_excess"])
    times = "once" if len(runs) == 1 else f"{len(runs)} times, worst"
    when = instant_range(worst["start_time"], worst["end_time"], _step(result, worst["metric"]))
    return f"{when} {limit}: broken {times}: {number(worst['parameters']['worst_value'])}{_unit(worst['metric'], units)}"


def seasons(result):
    """What repeats, metric by metric."""
    return [f"{pattern['metric']}: repeats every {duration(pattern['parameters']['period_ns'])}, {percent(pattern['parameters']['strength'])} of its variation"
            for pattern in result["patterns"] if pattern["pattern_type"] == "seasonality"]


def coming(result, units):
    """The forecast of each metric at one step and at the end of the window."""
    lines = []
    for metric in result["metrics"]:
        name, unit = metric["metric"], _unit(metric["metric"], units)
        ahead = [prediction for prediction in result["predictions"] if prediction["metric"] == name]
        for prediction in ahead[:1] + ahead[1:][-1:]:
            at = instant(metric["end_ns"] + prediction["time_horizon"], metric["step_ns"] or 1)
            if prediction["lower"] is None:
                interval = "interval unknown"
            else:
                interval = f"{number(prediction['lower'])} .. {number(prediction['upper'])}, {percent(prediction['coverage'])}"
            lines.append(f"{at} {name}: {number(prediction['predicted_value'])}{unit} ({interval})")
    return lines


def _step(result, metric=None):
    """Step of the metric, else the smallest; how exact its times are told."""
    return min((one["step_ns"] for one in result["metrics"] if one["step_ns"] and metric in (None, one["metric"])), default=1)


def _unit(metric, units):
    unit = units.get(metric)
    return f"{UNBROKEN}{unit}" if unit else ""
