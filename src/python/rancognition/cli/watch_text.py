"""What came of predictions as text for people."""

from .tables import sentences
from .words import number, percent, plural, shown

_CELLS_MAX = 10


def watch_lines(found):
    """Each cell: how well its predictions hold."""
    for cell in list(found)[:_CELLS_MAX]:
        yield from _cell_lines(cell, found[cell])
    if len(found) > _CELLS_MAX:
        yield f"and {len(found) - _CELLS_MAX} more cells (--json)"


def _cell_lines(cell, one):
    missing = f", {plural(one['unpredicted'], 'row')} without a prediction" if one["unpredicted"] else ""
    yield shown(f"{cell}: {plural(one['steps'], 'prediction')} met what happened{missing}")
    if not one["steps"]:
        return
    share, regret = one["coverage"], one["regret"]
    if share is not None:
        yield from sentences("coverage", [f"{percent(share['value'])} of the corrected intervals held, {percent(share['target'])} were meant to; "
                                          f"the difference is proven to be at most {number(share['bound'])}"])
    yield from sentences("error", [f"mean {number(one['error_before'])} as predicted, {number(one['error_after'])} as corrected "
                                   f"(bias {number(one['bias'])}, gain {number(one['gain'])})"])
    if regret is not None:
        yield from sentences("regret", [f"{number(regret['value'])} against the best single model, proven to be at most {number(regret['bound'])}"])
        yield from sentences("weights", [shown(", ".join(f"{name} {percent(weight)}" for name, weight in one["weights"].items()))])
