"""Conflicts of control functions as text for people."""

import json
from collections import Counter

from .tables import labelled, sentences, table
from .words import number, plural, shown

_KINDS = ("direct", "indirect", "implicit")
_PAIRS_MAX = 10
_CONFLICTS_MAX = 20
_FUNCTIONS_MAX = 8


def conflict_lines(report, commands, style):
    """How many conflicts there are, between whom, which, and what helps. commands: as they were given."""
    conflicts, advice = report["conflicts"], report["advice"]
    yield _headline(report, commands, style)
    pairs = Counter(_pair(one) for one in conflicts)
    if len(pairs) > 1:
        yield from labelled("between", _pairs(conflicts, pairs))
    if conflicts:
        yield from labelled("conflicts", _conflicts(conflicts, commands))
    if report["loop_gain_matrix"] is not None:
        yield from labelled("gain", _gain(report["loop_gain_matrix"]))
        yield from sentences("loops", [_loops(report["spectral_radius"], report.get("standard_error"))])
        yield from sentences("advice", [shown(_advice(advice))])


def is_peaceful(report):
    """Whether nothing needs to be done."""
    return not report["conflicts"] and (report["advice"] is None or report["advice"]["kind"] == "none")


def _headline(report, commands, style):
    conflicts = report["conflicts"]
    sources = {_text(command["source"]) for command in commands}
    among = f"{plural(len(commands), 'command')} of {plural(len(sources), 'function')}"
    if not conflicts:
        return style.good(f"no conflicts among {among}")
    kinds = Counter(one["conflictType"] for one in conflicts)
    parts = ", ".join(f"{kinds[kind]} {kind}" for kind in _KINDS if kinds[kind])
    return style.bad(f"{'at least ' if report['truncated'] else ''}{plural(len(conflicts), 'conflict')} ({parts}) among {among}")


def _pairs(conflicts, pairs):
    kinds = Counter((*_pair(one), one["conflictType"]) for one in conflicts)
    yield from table([("functions", *_KINDS)] + [
        (" and ".join(pair), *(str(kinds[(*pair, kind)]) for kind in _KINDS)) for pair, _ in pairs.most_common(_PAIRS_MAX)])
    if len(pairs) > _PAIRS_MAX:
        yield f"and {len(pairs) - _PAIRS_MAX} more (--json)"


def _pair(conflict):
    return tuple(sorted(conflict["sources"]))


def _conflicts(conflicts, commands):
    yield from table([("kind", "cell", "functions", "about", "commands", "advice")] + [
        (one["conflictType"], one["targetCell"], " and ".join(one["sources"]), _about(one, *(commands[place] for place in one["commands"])),
         ", ".join(map(str, one["commands"])), _advice_on(one)) for one in conflicts[:_CONFLICTS_MAX]])
    if len(conflicts) > _CONFLICTS_MAX:
        yield f"and {len(conflicts) - _CONFLICTS_MAX} more (--json)"


def _about(conflict, first, second):
    if conflict["conflictType"] == "direct":
        return f"{_text(first['targetParameter'])} {_text(first['targetValue'])} or {_text(second['targetValue'])}"
    if conflict["conflictType"] == "implicit":
        kpi = conflict["kpi"]
        return f"{kpi['metric']} {number(kpi['before'])}, then {number(kpi['earlier_only'])}, with both {number(kpi['both'])}"
    settings = " and ".join(f"{_text(one['targetParameter'])} {_text(one['targetValue'])}" for one in (first, second))
    return f"{settings} ({conflict['groupName']})"


def _text(value):
    return value if isinstance(value, str) else json.dumps(value)


def _advice_on(conflict):
    advice = conflict["advice"]
    return f"{' before '.join(advice['precedence'])}" if "precedence" in advice else f"damp by {number(advice['damping'])}"


def _gain(matrix):
    names = list(matrix)[:_FUNCTIONS_MAX]
    yield from table([("change of, per unit of", *names)] + [(name, *(number(matrix[name][other]) for other in names)) for name in names])
    if len(matrix) > _FUNCTIONS_MAX:
        yield f"and {len(matrix) - _FUNCTIONS_MAX} more (--json)"


def _loops(radius, standard_error):
    what = "the functions chase each other, further each time" if radius > 1 else "the functions chase each other without end" if radius == 1 else "changes die out"
    exactness = "" if standard_error is None else f"; gains are known to {number(standard_error)} (standard error)"
    return f"spectral radius {number(radius)}: {what}{exactness}"


def _advice(advice):
    if advice["kind"] == "damping":
        return f"make each change {number(advice['damping'])} times as large; anything below {number(advice['limit'])} calms them"
    if advice["kind"] == "precedence":
        return f"no damping helps; let one settle before the next acts: {', '.join(advice['order'])}"
    return "none is needed"
