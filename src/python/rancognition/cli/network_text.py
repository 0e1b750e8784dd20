"""What a radio network gives as text for people."""

from .tables import labelled, sentences, table
from .words import number, percent, plural

_BUSIEST = 10
_HIGH = 0.7


def network_lines(state, style):
    """Whether the traffic can be carried, how loaded the cells are, and what users get."""
    yield _headline(state, style)
    yield from labelled("loads", _loads(state))
    yield from sentences("rate", _rates(state))
    yield from sentences("coverage", [f"{percent(state['uncovered_share'])} of the users are not covered"])
    yield from labelled("radio", _percentiles(state))
    if state["energy_w"] is not None:
        yield from sentences("energy", [f"{number(state['energy_w'])} W"])
    if state["utility"] is not None:
        yield from sentences("utility", [f"{number(state['utility'])} (mean of the logarithm of users' rates in bit/s)"])


def is_carried(state):
    """Whether every cell carries its traffic."""
    return state["feasible"] and not state["overloaded_cells"]


def _headline(state, style):
    scale = state["critical_scale"]
    limit = "no traffic is too much for finite loads" if scale is None else f"loads stay finite up to {number(scale)} times the traffic"
    if not state["feasible"]:
        return style.bad(f"the traffic is too much: no finite loads exist; {limit}")
    if state["overloaded_cells"]:
        return style.bad(f"the traffic is too much for {plural(len(state['overloaded_cells']), 'cell')} of {len(state['loads'])}; {limit}")
    return style.good(f"the traffic of {plural(len(state['loads']), 'cell')} can be carried; {limit}")


def _loads(state):
    loads = state["loads"]
    if not loads:
        return
    cells = sorted(range(len(loads)), key=lambda cell: (-loads[cell], cell))
    high = sum(load > _HIGH for load in loads)
    yield f"mean {percent(sum(loads) / len(loads))}, largest {percent(loads[cells[0]])}, {plural(high, 'cell')} above {percent(_HIGH)}"
    busiest = cells[:_BUSIEST]
    yield from table([("busiest", *(f"cell {cell + 1}" for cell in busiest)), ("load", *(percent(loads[cell]) for cell in busiest))])


def _rates(state):
    rate = state["throughput_mbps"]
    if rate["p5"] is not None:
        yield f"5 % of the users get {number(rate['p5'])} Mbit/s or less, half get {number(rate['p50'])} or less; mean {number(rate['mean'])}"


def _percentiles(state):
    rows = [(name, *(number(one[part]) for part in ("p5", "p50", "p95"))) for name, one in (
        ("geometry, dB", state["geometry_db"]), ("coupling loss, dB", state["coupling_loss_db"])) if one["p5"] is not None]
    return table([("", "p5", "p50", "p95"), *rows]) if rows else []
