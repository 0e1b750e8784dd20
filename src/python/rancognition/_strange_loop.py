"""The strange-loop core."""

import ctypes
import json
from typing import Any, Callable, Dict, List, Optional

from ._handle import Handle, options_of
from ._host import AnyHost, raw_host
from ._numbers import real, whole
from ._points import is_number, items_of, map_evaluator
from ._raw import rancog_map
from ._text import text_of


class StrangeLoop(Handle):
    """Loops that contain a model of themselves: fixed points with certificates, predictions of a loop's own effect that are checked and
    corrected within proven bounds, and control functions that work against each other, found, measured and damped.

    aci_step: step of adaptive conformal inference, above 0 and at most 1 (0.05). levels: how deep a loop models itself (2): 0 predictions
    are taken as they are, 1 they are corrected, 2 the corrections tune themselves, 3 the tuning tunes its own patience.
    host: a Host with functions of yours (clock and progress), or None for the library's own.

    >>> import math, rancognition
    >>> with rancognition.StrangeLoop() as core:
    ...     found = core.fixed_point(math.cos, 1)
    >>> found["state"], round(found["x"][0], 9), found["residual"] <= 1e-10, found["error_bound_kind"]
    ('CONVERGED', 0.739085133, True, 'estimated')

    Requests and observations are dicts as rancognition.h describes them (rancog_strange_loop_solve, _observe and _detect_conflicts, with the
    units of every member), or their JSON as str or bytes; they may hold NumPy arrays. Results are dicts; the methods that end in _json give
    the bytes that the library wrote instead.

    Any thread may call anything; calls on one core queue, different cores run in parallel, and the interpreter's lock is released but for
    your functions. Ctrl-C ends solve, solve_with, fixed_point and detect_conflicts.
    Every method raises RanCognitionError with the library's status and message; see its subclasses. A call that fails changes nothing.
    """

    _destroy = "rancog_strange_loop_destroy"

    def __init__(self, aci_step: Optional[float] = None, levels: Optional[int] = None, host: Optional[AnyHost] = None) -> None:
        super().__init__(host)
        options: Dict[str, Any] = {}
        if aci_step is not None:
            options["aci_step"] = real(aci_step, "aci_step")
        if levels is not None:
            options["levels"] = whole(levels, "levels")
        text = options_of(options)
        self._handle = self._create("rancog_strange_loop_create", text, len(text or b""), ctypes.byref(raw_host(host)))

    def solve(self, request: Any) -> Dict[str, Any]:
        """Seeks x = F(x) for a map F that is built in: "linear", "load_coupling" (the loads of a radio network) or "expression".

        >>> import rancognition
        >>> rates = {"type": "expression", "variables": ["a", "b"], "expressions": ["0.5 * cos(b)", "0.3 * a + 0.2"]}
        >>> with rancognition.StrangeLoop() as core:
        ...     found = core.solve({"map": rates, "tolerance": 1e-12})
        >>> found["state"], [round(value, 6) for value in found["x"]]
        ('CONVERGED', [0.471153, 0.341346])
        """
        result: Dict[str, Any] = json.loads(self.solve_json(request))
        return result

    def solve_json(self, request: Any) -> bytes:
        """The same as the JSON that the library wrote."""
        text = text_of(request)
        return self._text("rancog_strange_loop_solve", text, len(text), long=True)

    def solve_with(self, request: Any, function: Callable[[List[float]], Any]) -> Dict[str, Any]:
        """Seeks x = function(x). request: as solve takes it, with x0 and without map.

        x: a list of as many numbers as x0 has. The function gives as many (a list, a tuple, a NumPy array; of one number the number does);
        another size is a ValueError, raised by this call. NaN and infinity say that there is no value there: steps that lead there are not
        taken, where that can be avoided. Any exception ends the search and is raised by this call.

        >>> import rancognition
        >>> with rancognition.StrangeLoop() as core:
        ...     found = core.solve_with({"x0": [0, 0], "method": "anderson"}, lambda x: [0.5 * x[1] + 1, 0.25 * x[0] - 1])
        >>> found["state"], [round(value, 6) for value in found["x"]]
        ('CONVERGED', [0.571429, -0.857143])
        """
        result: Dict[str, Any] = json.loads(self.solve_with_json(request, function))
        return result

    def solve_with_json(self, request: Any, function: Callable[[List[float]], Any]) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._solved_with(text_of(request), map_evaluator(function))

    def fixed_point(self, function: Callable[[Any], Any], x0: Any, **options: Any) -> Dict[str, Any]:
        """The same without a request: x0 is where to begin, options are its other members (method, tolerance, max_iterations, ..).

        When x0 is one number, the function gets one number and gives one.

        >>> import rancognition
        >>> with rancognition.StrangeLoop() as core:
        ...     root = core.fixed_point(lambda x: (x + 2 / x) / 2, 1.5, method="newton", tolerance=1e-14)
        ...     chased = core.fixed_point(lambda x: 1 - x, 0.25, method="picard")
        >>> round(root["x"][0], 12), chased["state"], chased["period"]
        (1.414213562373, 'OSCILLATING', 2)
        """
        result: Dict[str, Any] = json.loads(self.fixed_point_json(function, x0, **options))
        return result

    def fixed_point_json(self, function: Callable[[Any], Any], x0: Any, **options: Any) -> bytes:
        """The same as the JSON that the library wrote."""
        is_single = is_number(x0)
        start = [real(value, "x0") for value in ([x0] if is_single else items_of(x0, "x0"))]
        return self._solved_with(text_of({**options, "x0": start}), map_evaluator(function, is_single))

    def observe(self, observation: Any = None, *, loop_id: Optional[str] = None, time_ns: Optional[int] = None, predict: Any = None,
                experts: Any = None, observed: Any = None, actions: Any = None) -> Dict[str, Any]:
        """Tells what happened since a loop last spoke, and what it expects next; gives that prediction as the loop's own record corrects it.

        loop_id: which loop. time_ns: when, ns since 1970 (the clock's). observed: {metric: number}, which closes the open predictions.
        predict: {metric: {"mean", "lower", "upper", "coverage"}}. experts: {name: {metric: number}}, what each model of the loop expects.
        actions: changes that go with the prediction. Metrics are in units of yours. Or observation: all of that as one dict, or its JSON.

        >>> import rancognition
        >>> with rancognition.StrangeLoop() as core:
        ...     for hour in range(300):  # the model says 3 too little
        ...         load = 50 + hour % 24
        ...         reply = core.observe(loop_id="es", predict={"load": {"mean": load - 3, "lower": load - 8, "upper": load + 2}})
        ...         coverage = core.observe(loop_id="es", observed={"load": load + hour % 3 - 1})["coverage"]
        >>> abs(reply["corrected"]["load"]["mean"] - load) < 1, abs(coverage["value"] - coverage["target"]) <= coverage["bound"]
        (True, True)
        """
        result: Dict[str, Any] = json.loads(self.observe_json(
            observation, loop_id=loop_id, time_ns=time_ns, predict=predict, experts=experts, observed=observed, actions=actions))
        return result

    def observe_json(self, observation: Any = None, *, loop_id: Optional[str] = None, time_ns: Optional[int] = None, predict: Any = None,
                     experts: Any = None, observed: Any = None, actions: Any = None) -> bytes:
        """The same as the JSON that the library wrote."""
        text = _request("observation", observation, loop_id=loop_id, time_ns=time_ns, predict=predict, experts=experts, observed=observed,
                        actions=actions)
        return self._text("rancog_strange_loop_observe", text, len(text))

    def detect_conflicts(self, request: Any = None, *, commands: Any = None, groups: Any = None, kpis: Any = None, loops: Any = None,
                         keep: Optional[bool] = None, time_ns: Optional[int] = None) -> Dict[str, Any]:
        """Finds commands of different control functions that work against each other, and functions that chase each other.

        commands: as the functions send them (source, command, targetParameter, targetValue, targetCell, timestamp, controlTimespan).
        groups: of parameters that work on the same thing. kpis: measured values. loops: names with gain, or with the changes that each made.
        keep: they stay known until they end, and are compared with those of later calls. Or request: all of that as one dict, or its JSON.

        >>> import rancognition
        >>> day = "Wed Jan 01 00:00:00.000 2020"
        >>> def command(source, value):
        ...     return {"source": source, "command": "set", "targetParameter": "txPower", "targetValue": value, "targetCell": "c1",
        ...             "timestamp": day, "controlTimespan": "60000"}
        >>> with rancognition.StrangeLoop() as core:
        ...     report = core.detect_conflicts(commands=[command("es", 20), command("cco", 43)],
        ...                                    loops={"names": ["es", "cco"], "gain": [[0, -1.2], [0.9, 0]]})
        >>> one = report["conflicts"][0]
        >>> one["conflictType"], one["sources"], report["spectral_radius"] > 1, report["advice"]["kind"]
        ('direct', ['es', 'cco'], True, 'damping')
        """
        result: Dict[str, Any] = json.loads(self.detect_conflicts_json(
            request, commands=commands, groups=groups, kpis=kpis, loops=loops, keep=keep, time_ns=time_ns))
        return result

    def detect_conflicts_json(self, request: Any = None, *, commands: Any = None, groups: Any = None, kpis: Any = None, loops: Any = None,
                              keep: Optional[bool] = None, time_ns: Optional[int] = None) -> bytes:
        """The same as the JSON that the library wrote."""
        text = _request("request", request, commands=commands, groups=groups, kpis=kpis, loops=loops, keep=keep, time_ns=time_ns)
        return self._text("rancog_strange_loop_detect_conflicts", text, len(text), long=True)

    def get_state(self) -> Dict[str, Any]:
        """Everything that the core believes about itself: records of its loops, corrections, weights, what it tuned and why, kept commands.

        >>> import rancognition
        >>> with rancognition.StrangeLoop(levels=1) as core, rancognition.StrangeLoop() as other:
        ...     reply = core.observe(loop_id="mlb", predict={"load": {"mean": 0.5, "lower": 0.4, "upper": 0.6}})
        ...     other.restore(core.get_state())
        ...     first, second = (one.observe(loop_id="mlb", observed={"load": 0.7}) for one in (core, other))
        >>> first["coverage"] == second["coverage"]
        True
        """
        state: Dict[str, Any] = json.loads(self.get_state_json())
        return state

    def get_state_json(self) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._text("rancog_strange_loop_get_state")

    def restore(self, state: Any) -> None:
        """Believes again what a state says (get_state, or its JSON); what was known before is forgotten."""
        text = text_of(state)
        self._call("rancog_strange_loop_restore", text, len(text))

    def _solved_with(self, text: bytes, evaluate: Callable[..., int]) -> bytes:
        return self._text("rancog_strange_loop_solve_with", text, len(text), rancog_map(evaluate), None, long=True)


def _request(name: str, value: Any, **members: Any) -> bytes:
    """The JSON of one or the other; what is None is not given."""
    given = {member: one for member, one in members.items() if one is not None}
    if value is not None and given:
        raise ValueError(f"{name} and {', '.join(given)} are given, want the one or the other")
    return text_of(given if value is None else value)
