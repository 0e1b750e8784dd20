"""The optimization core."""

import ctypes
import json
import math
import threading
from array import array
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Type, TypeVar

from ._errors import NotFound
from ._handle import Handle, options_of
from ._host import AnyHost, raw_host
from ._numbers import whole
from ._points import batch_evaluator, in_rows, is_number, items_of, point_evaluator, rows_of
from ._raw import rancog_batch_evaluator, rancog_evaluator
from ._text import text_of

_POINTS_MAX = 2**20  # of one ask or tell

_O = TypeVar("_O", bound="Optimizer")


class _Sizes(NamedTuple):
    """Numbers of a point of the search that was begun."""

    variables: int
    objectives: int
    constraints: int


class Optimizer(Handle):
    """What to set: searches over knobs of every kind, problems of self-organising networks that are ready to solve, and a radio network model.

    seed: of problems that give none (0). threads: of problems that give none, where the library evaluates (1).
    host: a Host with functions of yours (clock and progress), or None for the library's own.

    >>> import rancognition
    >>> problem = {
    ...     "variables": [{"name": "tilt", "type": "real", "lower": 0, "upper": 12, "step": 0.1, "initial": 4},
    ...                   {"name": "cio", "type": "ordered", "values": [-6, -3, 0, 3, 6], "initial": 0}],
    ...     "objectives": [{"name": "cost", "sense": "min"}], "constraints": [{"name": "coverage"}], "budget": {"evaluations": 400}}
    >>> def simulated(x):
    ...     tilt, cio = x
    ...     return (tilt - 7) ** 2 + (cio - 2) ** 2, tilt - 6.5  # the cost, and the coverage, which holds at 0 and below
    >>> with rancognition.Optimizer() as core:
    ...     result = core.optimize_with(problem, simulated)
    >>> result["best"]["values"], result["best"]["feasible"], result["evaluations"] <= 400
    ({'tilt': 6.5, 'cio': 3, 'cost': 1.25}, True, True)

    Problems and networks are dicts as rancognition.h describes them (rancog_optimization_optimize and rancog_optimization_evaluate_network,
    with the units of every member), or their JSON as str or bytes; they may hold NumPy arrays. Results are dicts; the methods that end in
    _json give the bytes that the library wrote instead.

    Who evaluates the points: the library (optimize: a problem type on a network, or a test function), a function of yours (optimize_with,
    optimize_with_batch), or you in your own time (begin, ask, tell, result). The same problem and seed give the same points each way.

    Any thread may call anything; calls on one core queue, different cores run in parallel, and the interpreter's lock is released but for
    your functions. Ctrl-C ends optimize, optimize_with and optimize_with_batch.
    Every method raises RanCognitionError with the library's status and message; see its subclasses.
    """

    _destroy = "rancog_optimization_destroy"

    def __init__(self, seed: Optional[int] = None, threads: Optional[int] = None, host: Optional[AnyHost] = None) -> None:
        super().__init__(host)
        self._prepare()
        text = options_of({name: whole(value, name) for name, value in (("seed", seed), ("threads", threads)) if value is not None})
        self._handle = self._create("rancog_optimization_create", text, len(text or b""), ctypes.byref(raw_host(host)))

    @classmethod
    def _borrow(cls: Type[_O], owner: Handle, handle: int) -> _O:
        self = super()._borrow(owner, handle)
        self._prepare()
        return self

    def _prepare(self) -> None:
        self._sizes: Optional[_Sizes] = None
        self._lock = threading.RLock()  # from the sizes to the call that reads or writes so many numbers no other search is begun

    def _perform(self, how: Callable[..., Any], name: str, arguments: Any, long: bool) -> Any:
        # Every call takes the lock: who waited for the library with it could block a function of the call that the library is in.
        with self._lock:
            return super()._perform(how, name, arguments, long)

    def optimize(self, problem: Any) -> Dict[str, Any]:
        """Solves a problem whose points the library can evaluate: a problem type on a network, or a test function.

        >>> import rancognition
        >>> cells = [{"azimuth_deg": azimuth, "carrier": carrier} for carrier in (0, 1) for azimuth in (30, 150, 270)]
        >>> carriers = [{"frequency_ghz": 0.8, "bandwidth_mhz": 10}, {"frequency_ghz": 2.1, "bandwidth_mhz": 20}]
        >>> network = {"layout": {"type": "hexagonal", "sites": 1}, "users": {"count": 60, "seed": 1}, "traffic_mbps": 6, "cells": cells, "carriers": carriers}
        >>> with rancognition.Optimizer() as core:
        ...     night = core.optimize({"problem_type": "ES", "network": network, "limits": {"max_load": 0.5}})
        >>> night["stopped"], night["bound"]["kind"], night["actions"][0]["attribute"], night["actions"][0]["after"]
        ('exact', 'enumerated', 'administrativeState', 'LOCKED')
        >>> night["expected"]["energy_w"]["before"] > night["expected"]["energy_w"]["after"]
        True
        """
        result: Dict[str, Any] = json.loads(self.optimize_json(problem))
        return result

    def optimize_json(self, problem: Any) -> bytes:
        """The same as the JSON that the library wrote."""
        text = text_of(problem)
        return self._text("rancog_optimization_optimize", text, len(text), long=True)

    def optimize_with(self, problem: Any, function: Callable[[List[float]], Any]) -> Dict[str, Any]:
        """Solves a problem whose points function(x) evaluates, one at a time.

        x: a list with a number for each variable, as the header says (of a category the 0-based place of its value).
        It returns the objective, or a sequence of all objectives, each in its own sense; where the problem has constraints, a pair of the
        objectives and the constraints (numbers or sequences; a constraint holds when it is at most 0). None, NaN and infinity, or raising
        EvaluationFailed, mean that this point failed: it is counted in failed_evaluations, and the search goes on. Any other exception
        ends the search and is raised by this call.
        """
        result: Dict[str, Any] = json.loads(self.optimize_with_json(problem, function))
        return result

    def optimize_with_json(self, problem: Any, function: Callable[[List[float]], Any]) -> bytes:
        """The same as the JSON that the library wrote."""
        callback = rancog_evaluator(point_evaluator(_function(function)))
        return self._evaluated("rancog_optimization_optimize_with", problem, callback)

    def optimize_with_batch(self, problem: Any, function: Callable[[Any], Any]) -> Dict[str, Any]:
        """Solves a problem whose points function(points) evaluates, many at once where they do not depend on each other.

        points: a NumPy array of (points, variables) where the program has imported NumPy, else a list of lists.
        It returns the objectives: of one objective a number for each point, of several a row for each; where the problem has constraints, a
        pair of that and the constraints in the same form. Arrays, lists and None or NaN in them (that point failed) are understood; None
        for all, or EvaluationFailed, means that all of these points failed. Any other exception ends the search and is raised by this call.

        >>> import rancognition
        >>> problem = {"variables": [{"name": name, "type": "real", "lower": -2, "upper": 2} for name in "xy"],
        ...            "objectives": [{"name": "f", "sense": "min"}], "budget": {"evaluations": 200}}
        >>> with rancognition.Optimizer() as core:
        ...     result = core.optimize_with_batch(problem, lambda points: [(x - 1) ** 2 + (y + 1) ** 2 for x, y in points])
        >>> [round(value, 3) for value in result["best"]["x"]]
        [1.0, -1.0]
        """
        result: Dict[str, Any] = json.loads(self.optimize_with_batch_json(problem, function))
        return result

    def optimize_with_batch_json(self, problem: Any, function: Callable[[Any], Any]) -> bytes:
        """The same as the JSON that the library wrote."""
        callback = rancog_batch_evaluator(batch_evaluator(_function(function)))
        return self._evaluated("rancog_optimization_optimize_with_batch", problem, callback)

    def begin(self, problem: Any) -> None:
        """Begins a search whose points you ask for and tell about, in your own time. What was begun before is given up.

        >>> import rancognition
        >>> problem = {"variables": [{"name": "hysteresis", "type": "real", "lower": 0, "upper": 15, "step": 0.5}],
        ...            "objectives": [{"name": "failures", "sense": "min"}]}
        >>> with rancognition.Optimizer() as core:
        ...     core.begin(problem)
        ...     while points := core.ask():
        ...         core.tell(points, [abs(x - 3.5) for x, in points])
        ...     result = core.result()
        >>> result["best"]["x"], result["stopped"]
        ([3.5], 'exact')
        """
        text = text_of(problem)
        with self._lock:
            sizes = _sizes_of(text)
            self._call("rancog_optimization_begin", text, len(text))
            self._sizes = sizes

    def ask(self, capacity: int = 256) -> List[List[float]]:
        """The points that the search wants to know next, at most so many, as lists of numbers; [] = the search is over.

        Until they are told the same points are given again.
        """
        with self._lock:
            sizes = self._begun()
            most = whole(capacity, "capacity", _POINTS_MAX)
            room, rows = (ctypes.c_double * (most * sizes.variables))(), ctypes.c_size_t()
            self._call("rancog_optimization_ask", room, most, ctypes.byref(rows))
            return in_rows(room[:rows.value * sizes.variables], sizes.variables)

    def tell(self, points: Any, objectives: Any, constraints: Any = None) -> None:
        """What points gave: those asked for, in any order, and others within the bounds, from which the search learns too; all or none.

        points: a row of numbers for each (lists, a NumPy array of two dimensions), or one point. objectives: a number for each, or a row for
        each where there are several; None or NaN = that point failed. constraints: in the same form, where the problem has some.
        """
        with self._lock:
            sizes = self._begun()
            rows = items_of(points, "points")
            if rows and is_number(rows[0]) and (sizes.variables > 1 or is_number(objectives)):
                rows, objectives, constraints = [rows], [objectives], None if constraints is None else [constraints]
            x = rows_of(rows, sizes.variables, "points")
            values = rows_of(objectives, sizes.objectives, "objectives", len(rows))
            if constraints is None and all(map(math.isnan, values)):
                constraints = [None] * len(rows)  # nothing is known of points that failed
            limits = None if constraints is None or not sizes.constraints else rows_of(constraints, sizes.constraints, "constraints", len(rows))
            self._call("rancog_optimization_tell", _doubles(x), _doubles(values), _doubles(limits) if limits else None, len(rows))

    def result(self) -> Dict[str, Any]:
        """What the search that was begun knows by now, at any time; stopped is "cancelled" while it is not over."""
        result: Dict[str, Any] = json.loads(self.result_json())
        return result

    def result_json(self) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._text("rancog_optimization_result")

    def evaluate_network(self, network: Any) -> Dict[str, Any]:
        """What a radio network gives: loads of the cells at their fixed point, throughput (Mbit/s), coverage, energy (W).

        >>> import rancognition
        >>> network = {"layout": {"type": "hexagonal", "sites": 7, "inter_site_distance_m": 500}, "propagation": {"model": "UMa", "frequency_ghz": 2},
        ...            "users": {"count": 200, "seed": 1}, "traffic_mbps": 200}
        >>> with rancognition.Optimizer() as core:
        ...     state = core.evaluate_network(network)
        >>> state["feasible"], len(state["loads"]), state["critical_scale"] > 1
        (True, 21, True)
        """
        state: Dict[str, Any] = json.loads(self.evaluate_network_json(network))
        return state

    def evaluate_network_json(self, network: Any) -> bytes:
        """The same as the JSON that the library wrote."""
        text = text_of(network)
        return self._text("rancog_optimization_evaluate_network", text, len(text))

    def _evaluated(self, name: str, problem: Any, callback: Any) -> bytes:
        text = text_of(problem)
        return self._text(name, text, len(text), callback, None, long=True)

    def _begun(self) -> _Sizes:
        if self._sizes is None:
            self.result_json()  # which says that there is none, or that this is closed
            raise NotFound("no search was begun")
        return self._sizes


def _sizes_of(text: bytes) -> Optional[_Sizes]:
    """As the library reads them, which refuses fields that are given twice; None of what it will refuse anyway."""
    try:
        problem = json.loads(text)
        return _Sizes(*(len(problem.get(name) or ()) for name in ("variables", "objectives", "constraints")))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _doubles(numbers: "array[float]") -> Any:
    return (ctypes.c_double * len(numbers)).from_buffer(numbers)


def _function(function: Any) -> Any:
    if not callable(function):
        raise TypeError(f"function: must be a function, not {type(function).__name__}")
    return function
