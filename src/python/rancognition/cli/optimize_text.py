"""The answer of a search as text for people."""

from .tables import labelled, sentences, table
from .words import duration, number, percent, plural, setting, shown

_SETTINGS_MAX = 20
_KNOBS_MAX = 6
_KNOB_SHARE_MIN = 0.005
_STOPPED = {
    "target": "the target was reached", "budget": "all evaluations of the budget were made", "deadline": "the time was over", "converged": "nothing was left to try",
    "exact": "the answer is exact", "cancelled": "it was cancelled"}
_BOUNDS = {"proven": "than which none can be better", "enumerated": "the best of all points", "best_known": "the best that is known; a better one may exist"}


def result_lines(result, objectives, style):
    """What was found: the best point, what is to be changed, what that does, and how sure it is. objectives: their names."""
    best = result["best"]
    if best is None:
        yield style.bad("no point was evaluated")
    else:
        yield style.bold(shown(_headline(result, objectives)))
        yield from sentences("limits", _limits(result))
        yield from labelled("change", _changes(result))
        yield from labelled("expected", _expected(result))
        yield from labelled("settings", _settings(result))
        yield from sentences("front", _front(result))
        yield from sentences("score", _score(result))
        yield from sentences("matters", _knobs(result))
    yield from sentences("stopped", [_stop(result)])


def is_solved(result):
    """Whether a point was found that satisfies all constraints."""
    return result["best"] is not None and result["best"]["feasible"]


def _headline(result, objectives):
    found = ", ".join(f"{name} {number(value)}" for name, value in zip(objectives, result["best"]["f"]))
    first = result["trace"][0]["f"] if result["trace"] else None
    before = f" ({number(first)} at the start)" if first is not None and len(objectives) == 1 and is_solved(result) else ""
    return f"{found}{before}" if is_solved(result) else f"no point satisfies all constraints; the nearest: {found}"


def _limits(result):
    constraints = result["best"]["constraints"]
    for one in constraints:
        if not one["value"] <= 0:
            yield f"{one['name']} is broken by {number(one['value'])}"
    held = [f"{one['name']} by {number(one['slack'])}" for one in constraints if one["value"] <= 0]
    if held:
        yield f"held: {', '.join(held)}"
    subset = result.get("infeasible_subset")
    if subset:
        proof = "no point satisfies" if result["stopped"] == "exact" else "no point that was evaluated satisfies"
        yield f"{proof} {' and '.join(subset)}{' together' if len(subset) > 1 else ''}"


def _changes(result):
    actions = result.get("actions")
    if actions is None:
        return []
    if not actions:
        return ["nothing: as it is set now is the best that was found"]
    return table([("object", "attribute", "before", "", "after")] + [
        (setting(one.get("managedObject")), setting(one.get("attribute")), setting(one.get("before")), "->", setting(one.get("after"))) for one in actions])


def _expected(result):
    expected = result.get("expected")
    if not expected:
        return []
    return table([("metric", "before", "", "after")] + [(name, _known(one["before"]), "->", _known(one["after"])) for name, one in expected.items()])


def _settings(result):
    if "actions" in result:
        return
    best = result["best"]
    names = list(best["values"])[:len(best["x"])]
    yield from table([(name, number(value)) for name, value in zip(names, best["x"])][:_SETTINGS_MAX])
    if len(names) > _SETTINGS_MAX:
        yield f"and {len(names) - _SETTINGS_MAX} more (--json)"


def _front(result):
    if result["pareto"]:
        volume = "" if result["hypervolume"] is None else f", hypervolume {number(result['hypervolume'])}"
        yield f"{plural(len(result['pareto']), 'point')} of which none is better in all objectives{volume} (--json)"


def _score(result):
    score, bound = result["optimization_score"], result["bound"]
    if score is not None and bound is not None:
        yield f"{number(score)} of the way from the start to {number(bound['value'])}, {_BOUNDS.get(bound['kind'], bound['kind'])}"


def _knobs(result):
    shares = sorted(((share, name) for name, share in result["sensitivity"].items() if share is not None and share >= _KNOB_SHARE_MIN), reverse=True)
    if shares:
        yield f"{', '.join(f'{name} {percent(share)}' for share, name in shares[:_KNOBS_MAX])} (what each explains by itself of the points' differences)"


def _stop(result):
    why = _STOPPED.get(result["stopped"], result["stopped"])
    if result["stopped"] == "exact" and result["bound"] is not None and result["bound"]["kind"] == "enumerated":
        why = "every point was evaluated"
    failed = f", {result['failed_evaluations']} of them failed" if result["failed_evaluations"] else ""
    return f"{why}; {plural(result['evaluations'], 'evaluation')}{failed}, {duration(result['execution_time'])}"


def _known(value):
    return "-" if value is None else number(value)
