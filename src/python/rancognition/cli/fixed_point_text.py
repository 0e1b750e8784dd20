"""A search for a fixed point as text for people."""

from .tables import labelled, sentences, table
from .words import duration, number, plural, shown

_COMPONENTS_MAX = 20
_RESIDUALS = 6
_STATES = {
    "CONVERGED": "a fixed point", "DESCENDING": "not there yet", "OSCILLATING": "no rest: the loop goes round", "DIVERGING": "no rest: the loop runs away",
    "INFEASIBLE": "there is no fixed point; this is proven", "INCOMPLETE": "not decided"}


def fixed_point_lines(result, names, style):
    """Whether there is a fixed point, where, and how sure that is. names: of the components of x."""
    state = result["state"]
    paint = style.good if result["convergence"] else style.watch if state in ("DESCENDING", "INCOMPLETE") else style.bad
    yield paint(f"{state}: {_STATES.get(state, state)}")
    yield from sentences("why", [shown(result["reason"])])
    yield from sentences("steps", [f"{plural(result['iterations'], 'step')} of the method {result['method']}, {plural(result['evaluations'], 'evaluation')} "
                                   f"of the map, {duration(result['execution_time'])}"])
    yield from sentences("residual", _residual(result))
    yield from sentences("error", _error(result))
    yield from sentences("slopes", _slopes(result))
    yield from sentences("limit", _limit(result))
    yield from labelled("x", _components(result, names))


def _residual(result):
    residual = result["residual"]
    history = ["?" if one is None else number(one) for one in result["history"]]
    if len(history) > _RESIDUALS:
        stride = (len(history) - 1) / (_RESIDUALS - 1)
        history = [history[round(place * stride)] for place in range(_RESIDUALS)]
    trace = f" (on the way: {', '.join(history)})" if len(history) > 1 else ""
    yield f"{'not finite' if residual is None else number(residual)}{trace}"


def _error(result):
    bound = result["error_bound"]
    if bound is not None:
        kind = "proven" if result["error_bound_kind"] == "proven" else "estimated"
        yield f"no component of x is more than {number(bound)} away from the fixed point ({kind})"


def _slopes(result):
    parts = []
    if result["contraction"] is not None:
        parts.append(f"a plain step multiplies distances by {number(result['contraction'])}")
    if result["spectral_radius"] is not None:
        parts.append(f"spectral radius {number(result['spectral_radius'])}")
    if result.get("period") is not None:
        parts.append(f"plain steps repeat themselves every {plural(result['period'], 'step')}")
    if parts:
        yield "; ".join(parts)


def _limit(result):
    if result.get("critical_scale") is not None:
        yield f"loads stay finite up to {number(result['critical_scale'])} times the traffic"


def _components(result, names):
    x = result["x"]
    if x is None:
        return
    yield from table([(name, f"{value:.10g}") for name, value in zip(names, x)][:_COMPONENTS_MAX])
    if len(x) > _COMPONENTS_MAX:
        yield f"and {len(x) - _COMPONENTS_MAX} more (--json)"
