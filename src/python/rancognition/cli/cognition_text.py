"""What was ingested, outcomes, rollbacks, replays, and the state of a cognitive core as text for people."""

from .decide_text import restore_lines
from .tables import labelled, sentences, table
from .words import duration, instant_range, number, percent, plural, shown

_METRICS_MAX = 8


def ingest_lines(name, report, style):
    """What was taken of a message, and what not and why. name: of its file."""
    samples = report["samples"]
    taken = (f"{plural(samples, 'number')} of {plural(report['objects'], 'object')} and {plural(report['metrics'], 'metric')}" if samples else "nothing was taken")
    yield (style.good if samples else style.bad)(shown(f"{name}: {taken}"))
    yield from labelled("format", [f"{report['format']}{' of ' + report['network_id'] if report['network_id'] else ''}"])
    if report["from_ns"] is not None and report["to_ns"] is not None:
        periods = ", ".join(map(duration, report["granularity_ns"]))
        yield from labelled("time", [f"{instant_range(report['from_ns'], report['to_ns'])} UTC{', periods of ' + periods if periods else ''}"])
    if report["skipped"]:
        yield from labelled("not taken", table([(str(one["count"]), one["why"], one["what"]) for one in report["skipped"]]))


def outcome_lines(reply, style):
    """The verdict on a decision, and what is to be restored."""
    verdict = reply["verdict"]
    paint = {"KEPT": style.good, "ROLL_BACK": style.bad}.get(verdict, style.watch)
    yield paint(f"decision {reply['decision_id']}: {verdict}")
    yield from sentences("why", [shown(reply["reason"])])
    if reply["targets_held"] is not None:
        yield from labelled("targets", ["held" if reply["targets_held"] else "missed"])
    if reply["surprise"] is not None:
        yield from sentences("surprise", [f"{number(reply['surprise'])} times half of the width from p10 to p90"])
    if reply.get("restore"):
        yield from labelled("restore", restore_lines(reply["restore"]))


def rollback_lines(reply, style):
    """What is to be set."""
    restore = reply["restore"]
    yield style.bold(f"decision {reply['decision_id']}: {plural(len(restore), 'value') + ' to restore' if restore else 'nothing was changed, nothing is to be restored'}")
    if restore:
        yield from labelled("restore", restore_lines(restore))


def replay_lines(report, style):
    """How many results are the same, and where others differ."""
    calls, equal = report["calls"], report["equal"]
    yield (style.good if calls == equal else style.bad)(f"{equal} of {plural(calls, 'call')} gave the same, byte by byte")
    for one in report["different"]:
        yield from labelled(f"line {one['line']}", [one["call"]])
        yield from sentences("recorded", [shown(one["recorded"])])
        yield from sentences("replayed", [shown(one["replayed"])])
    if report.get("not_repeated"):
        yield from sentences("left out", [f"{plural(report['not_repeated'], 'call')} that failed for want of memory or disk, or was cancelled"])


def state_lines(state, style):
    """How good the decisions were, and which metrics act as one."""
    decisions = state["decisions"]
    yield style.bold(f"{plural(decisions.get('TOTAL', 0), 'decision')}, of which {state['calibration']['count']} with an outcome")
    yield from sentences("sorts", [", ".join(f"{name} {count}" for name, count in decisions.items() if count and name != "TOTAL")])
    yield from sentences("vetoes", [", ".join(f"{name} {count}" for name, count in state["vetoes"].items())])
    yield from sentences("skill", _skill(state["consciousness_level"]))
    yield from labelled("confident", _calibration(state["calibration"]))
    if state["coverage"] is not None:
        yield from sentences("coverage", [f"{percent(state['coverage'])} of what was observed lay within p10..p90"])
    if state["regret"] is not None:
        yield from sentences("regret", [f"{number(state['regret'])}: {'acting was better than doing nothing' if state['regret'] < 0 else 'doing nothing would have been as good or better'}"])
    yield from sentences("together", _integration(state["integration"]))
    yield from sentences("holds", [f"{plural(state['episodes'], 'episode')}, {plural(state['history_samples'], 'sample')} of history"])


def _skill(level):
    if level is not None:
        than = "better than" if level > 0 else "no better than"
        yield f"{number(level)}: outcomes are foretold {than} by saying that all stays as it is (1 = without error)"


def _calibration(calibration):
    if calibration["ece"] is not None:
        yield f"calibration error {number(calibration['ece'])}, Brier score {number(calibration['brier'])}"
        yield from table([("confidence", "decisions", "said", "held")] + [
            (f"{percent(one['lower'])} .. {percent(one['upper'])}", str(one["count"]), percent(one["confidence"]), percent(one["held"]))
            for one in calibration["bins"] if one["count"]])


def _integration(integration):
    if integration["phi"] is None:
        yield shown(f"not known: {integration['reason']}")
        return
    yield f"integrated information {number(integration['phi'])} nats over {plural(integration['samples'], 'sample')}"
    if len(integration["partition"]) == 2:
        yield shown(f"least between {' and '.join(_side(side) for side in integration['partition'])}")


def _side(metrics):
    return ", ".join(metrics[:_METRICS_MAX]) + (f", .. ({len(metrics)})" if len(metrics) > _METRICS_MAX else "")
