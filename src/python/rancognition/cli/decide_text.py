"""A decision as text for people."""

from .tables import labelled, sentences, table
from .words import duration, number, percent, plural, setting, shown

_CAUSES_MAX = 8
_CHANGES_MAX = 20
_OTHERS_MAX = 8
_METRICS_MAX = 12
_SIMILAR_MAX = 3
_LIKELY = 0.5


def decision_lines(decision, style):
    """What is decided, about what cause, what is expected, what guards said, how to undo it, and the library's own sentences."""
    paint = style.bad if not is_likely(decision) else style.bold if decision["actions"] else style.good
    yield paint(shown(_headline(decision)))
    yield from labelled("cause", _causes(decision))
    yield from sentences("why", [shown(decision["reason"])])
    yield from labelled("change", _changes(decision["actions"]))
    yield from labelled("expected", _expected(decision["expected"]))
    yield from labelled("targets", _targets(decision["targets"]))
    yield from sentences("conflict", _conflict(decision.get("infeasible")))
    yield from labelled("others", _alternatives(decision))
    yield from sentences("guards", _guards(decision["guards"]))
    yield from sentences("similar", _similar(decision["evidence"]["similar"]))
    yield from sentences("undo", _undo(decision))
    yield from sentences("explained", [shown(" ".join(one["text"] for one in decision["explanation"]))])
    yield from sentences("took", [_time(decision)])


def is_likely(decision):
    """Whether all targets are at least as likely to hold as not; also when there are none."""
    return decision.get("infeasible") is None and (not decision["targets"] or decision["confidence"] >= _LIKELY)


def restore_lines(restore):
    """What is to be set to undo a decision."""
    return table([("object", "attribute", "", "to")] + [
        (one["managedObject"], one["attribute"], "->", "as if it had never been set" if one["after"] is None else setting(one["after"])) for one in restore])


def _headline(decision):
    count = len(decision["actions"])
    what = plural(count, "change") if count else "nothing is changed"
    sure = f"; all targets hold with a probability of {percent(decision['confidence'])}" if decision["targets"] else ""
    return f"decision {decision['decision_id']} ({', '.join(filter(None, (decision['mode'], decision['problem_type'])))}): {what}{sure}"


def _causes(decision):
    causes = decision["causes"] or [decision["cause"]]
    yield from table([(one["name"], percent(one["confidence"]), one["managedObject"] or "", _tests(one)) for one in causes[:_CAUSES_MAX]])
    if len(causes) > _CAUSES_MAX:
        yield f"and {len(causes) - _CAUSES_MAX} more (--json)"


def _tests(cause):
    """The first test that speaks for it."""
    found = next((test for test in cause["tests"] if test["holds"] and test["value"] is not None), None)
    if found is None:
        return ""
    limit = "" if found["limit"] is None else f" (held against {number(found['limit'])})"
    return f"{found['name']} {number(found['value'])}{limit}"


def _changes(actions):
    if actions:
        yield from table([("object", "attribute", "before", "", "after")] + [
            (one["managedObject"], one["attribute"], setting(one["before"]), "->", setting(one["after"])) for one in actions[:_CHANGES_MAX]])
    if len(actions) > _CHANGES_MAX:
        yield f"and {len(actions) - _CHANGES_MAX} more (--json)"


def _expected(expected):
    if expected:
        yield from table([("metric", "p10", "p50", "p90")] + [
            (name, number(one["p10"]), number(one["p50"]), number(one["p90"])) for name, one in list(expected.items())[:_METRICS_MAX]])
    if len(expected) > _METRICS_MAX:
        yield f"and {len(expected) - _METRICS_MAX} more (--json)"


def _targets(targets):
    return table([(one["expression"], "not known" if one["probability"] is None else percent(one["probability"])) for one in targets]) if targets else []


def _conflict(infeasible):
    if infeasible is not None:
        yield shown(f"nothing satisfies these together: {', '.join(infeasible['constraints'])}")


def _alternatives(decision):
    others = [one for one in decision["alternatives"] if one["actions"] != decision["actions"]]
    if others:
        yield from table([(_short(one["actions"]), percent(one["p_all_targets"]) if decision["targets"] else "", ", ".join(one["vetoes"])) for one in others[:_OTHERS_MAX]])
    if len(others) > _OTHERS_MAX:
        yield f"and {len(others) - _OTHERS_MAX} more (--json)"


def _short(actions):
    if not actions:
        return "nothing is changed"
    first = actions[0]
    more = f" and {len(actions) - 1} more" if len(actions) > 1 else ""
    return f"{first['managedObject']} {first['attribute']} -> {setting(first['after'])}{more}"


def _guards(guards):
    for one in guards:
        if not one["passed"]:
            yield shown(f"{one['name']} vetoes: {one['reason']}")
    passed = [one["name"] for one in guards if one["passed"]]
    if passed:
        yield f"passed: {', '.join(passed)}"


def _similar(similar):
    for one in similar[:_SIMILAR_MAX]:
        success = {True: "kept", False: "did not help", None: "outcome not judged"}[one["success"]]
        yield shown(f"episode {one['id']} at a distance of {number(one['distance'])}: {_short(one['action'])}: {success}")
    if len(similar) > _SIMILAR_MAX:
        yield f"and {len(similar) - _SIMILAR_MAX} more (--json)"


def _undo(decision):
    plan = decision["rollback"]
    if plan["condition"] is not None and decision["actions"]:
        yield shown(f"when {plan['condition']} holds; the outcome is watched for {duration(plan['observe_ns'])}")


def _time(decision):
    stages = ", ".join(f"{name} {duration(ns)}" for name, ns in decision["timing_ns"].items() if ns)
    return f"{duration(decision['execution_time'])}{f' ({stages})' if stages else ''}"
