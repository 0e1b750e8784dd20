"""The temporal core."""

import ctypes
import json
from typing import Any, Dict, Generic, Iterable, List, Optional, Protocol, Tuple, TypeVar, overload

from ._arrays import Room, numbers_of
from ._errors import Limit
from ._handle import Handle
from ._host import AnyHost, raw_host
from ._numbers import real, whole
from ._text import name_of, text_of

_Row = TypeVar("_Row")

#: Steps of a forecast for which room is made; the library itself allows fewer.
_HORIZON_MAX = 10**6


class NumPyLike(Protocol):
    """A NumPy array, or a column of pandas: results are NumPy arrays then."""

    @property
    def __array__(self) -> Any: ...


class Forecast(Tuple[_Row, _Row, _Row], Generic[_Row]):
    """A forecast with its interval, as (mean, lower, upper): lists, or NumPy arrays when the input was one.

    >>> forecast = Forecast([50.0], [45.0], [55.0])
    >>> mean, lower, upper = forecast
    >>> forecast.upper[0] - forecast.mean[0]
    5.0
    """

    __slots__ = ()

    def __new__(cls, mean: _Row, lower: _Row, upper: _Row) -> "Forecast[_Row]":
        rows: Any = (mean, lower, upper)
        return super().__new__(cls, rows)

    @property
    def mean(self) -> _Row:
        """The forecast."""
        return self[0]

    @property
    def lower(self) -> _Row:
        """Lower ends of the interval."""
        return self[1]

    @property
    def upper(self) -> _Row:
        """Upper ends of the interval."""
        return self[2]

    def __getnewargs__(self) -> Any:
        return tuple(self)

    def __repr__(self) -> str:
        return f"Forecast(mean={self[0]!r}, lower={self[1]!r}, upper={self[2]!r})"


class Temporal(Handle):
    """A temporal reasoning core: history in; patterns, forecasts with intervals and verdicts out.

    expansion_factor: scenario paths simulated over the look-ahead window, 1..1000000.
    temporal_resolution: points on the expanded timeline, 1..1000000.
    host: a Host with functions of yours, or None for the library's own clock and a fixed seed.

    >>> import rancognition
    >>> prb = [41, 42, 44, 43, 47, 50, 49, 53, None, 58, 57, 61, 64, 63, 67, 70]  # one cell, every 15 minutes, per cent
    >>> with rancognition.Temporal() as core:
    ...     mean, lower, upper = core.forecast(prb, step_ns=900_000_000_000, horizon=4)
    >>> len(mean), all(low < middle < high for low, middle, high in zip(lower, mean, upper))
    (4, True)

    Problems, timelines and constraints are dicts and lists as rancognition.h describes them, or their JSON as str or bytes. NaN and None
    in them are missing; they may hold NumPy arrays. Results are dicts and lists; the methods that end in _json give the bytes that the
    library wrote instead.

    Series are numbers on a regular grid, oldest first; None or NaN = missing; step_ns 0 = unknown. They may be lists, anything that can be
    iterated, array.array, any memory of doubles, NumPy arrays or columns of pandas; contiguous doubles are not copied. NumPy in, NumPy out:
    results are arrays when the series was one (or a column of pandas), else lists.

    Any thread may call anything; calls on one core queue, different cores run in parallel, and the interpreter's lock is released
    meanwhile. Ctrl-C ends the calls that take JSON.
    Every method raises RanCognitionError with the library's status and message; see its subclasses.
    """

    _destroy = "rancog_temporal_destroy"

    def __init__(self, expansion_factor: int = 200, temporal_resolution: int = 48, host: Optional[AnyHost] = None) -> None:
        super().__init__(host)
        self._handle = self._create(
            "rancog_temporal_create", whole(expansion_factor, "expansion_factor"), whole(temporal_resolution, "temporal_resolution"),
            ctypes.byref(raw_host(host)))

    def expand_subjective_time(self, problem: Any, constraints: Any = ()) -> Dict[str, Any]:
        """Analyses one RAN problem: patterns, insights, predictions, verdicts.

        >>> import rancognition
        >>> problem = {"id": "p1", "network_id": "cell-7", "current_state": {"RRU.PrbTotDl": 65}, "constraints": ["RRU.PrbTotDl <= 80"]}
        >>> with rancognition.Temporal() as core:
        ...     result = core.expand_subjective_time(problem)
        >>> result["problem_id"], len(result["verdicts"])
        ('p1', 1)
        """
        result: Dict[str, Any] = json.loads(self.expand_subjective_time_json(problem, constraints))
        return result

    def expand_subjective_time_json(self, problem: Any, constraints: Any = ()) -> bytes:
        """The same as the JSON that the library wrote."""
        text, limits = text_of(problem), text_of(constraints)
        return self._text("rancog_temporal_expand_subjective_time", text, len(text), limits, len(limits), long=True)

    def parallel_temporal_analysis(self, problems: Any, thread_count: int = 0) -> Dict[str, Any]:
        """Analyses many problems on several threads (0: one for each processor). Its results are {"Ok": ...} or {"Err": "..."}.

        >>> import rancognition
        >>> good, bad = {"id": "p1", "network_id": "cell-7", "current_state": {"RRU.PrbTotDl": 65}}, {"id": 2}
        >>> with rancognition.Temporal() as core:
        ...     results = core.parallel_temporal_analysis([good, bad])["results"]
        >>> [list(result) for result in results]
        [['Ok'], ['Err']]
        """
        result: Dict[str, Any] = json.loads(self.parallel_temporal_analysis_json(problems, thread_count))
        return result

    def parallel_temporal_analysis_json(self, problems: Any, thread_count: int = 0) -> bytes:
        """The same as the JSON that the library wrote."""
        text = text_of(problems)
        return self._text("rancog_temporal_parallel_temporal_analysis", text, len(text), whole(thread_count, "thread_count"), long=True)

    def set_consciousness_level(self, level: float) -> None:
        """Sets the deliberation effort, 0..1: the share of models and scenarios that is used. It starts at 1."""
        self._call("rancog_temporal_set_consciousness_level", real(level, "level"))

    def get_performance_metrics(self) -> Dict[str, Any]:
        """What the calls on this core cost so far."""
        metrics: Dict[str, Any] = json.loads(self.get_performance_metrics_json())
        return metrics

    def get_performance_metrics_json(self) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._text("rancog_temporal_get_performance_metrics")

    def analyze_temporal_patterns(self, timeline: Any) -> List[Dict[str, Any]]:
        """Finds seasons, trends, shifts, anomalies, motifs, lead and lag in a timeline.

        >>> import rancognition
        >>> history = {"start_ns": 0, "step_ns": 3_600_000_000_000, "values": [20 + 30 * (hour % 24 > 7) + hour % 5 for hour in range(240)]}
        >>> with rancognition.Temporal() as core:
        ...     patterns = core.analyze_temporal_patterns({"id": "t", "metrics": {"load": history}, "constraints": []})
        >>> any(p["pattern_type"] == "seasonality" and p["parameters"]["period_steps"] == 24 for p in patterns)
        True
        """
        patterns: List[Dict[str, Any]] = json.loads(self.analyze_temporal_patterns_json(timeline))
        return patterns

    def analyze_temporal_patterns_json(self, timeline: Any) -> bytes:
        """The same as the JSON that the library wrote."""
        text = text_of(timeline)
        return self._text("rancog_temporal_analyze_temporal_patterns", text, len(text), long=True)

    def predict_future_states(self, timeline: Any, horizon_ns: int) -> List[Dict[str, Any]]:
        """Forecasts every metric of a timeline over the next horizon_ns, at least 1."""
        predictions: List[Dict[str, Any]] = json.loads(self.predict_future_states_json(timeline, horizon_ns))
        return predictions

    def predict_future_states_json(self, timeline: Any, horizon_ns: int) -> bytes:
        """The same as the JSON that the library wrote."""
        text = text_of(timeline)
        return self._text("rancog_temporal_predict_future_states", text, len(text), whole(horizon_ns, "horizon_ns"), long=True)

    def optimize_temporal_expansion(self, timeline: Any) -> Dict[str, Any]:
        """Measures how many scenario paths a timeline needs: the curve and the recommended expansion factor."""
        curve: Dict[str, Any] = json.loads(self.optimize_temporal_expansion_json(timeline))
        return curve

    def optimize_temporal_expansion_json(self, timeline: Any) -> bytes:
        """The same as the JSON that the library wrote."""
        text = text_of(timeline)
        return self._text("rancog_temporal_optimize_temporal_expansion", text, len(text), long=True)

    @overload
    def forecast(self, values: NumPyLike, step_ns: int, horizon: int, coverage: float = 0.95) -> "Forecast[Any]": ...

    @overload
    def forecast(self, values: Iterable[Optional[float]], step_ns: int, horizon: int, coverage: float = 0.95) -> "Forecast[List[float]]": ...

    def forecast(self, values: Any, step_ns: int, horizon: int, coverage: float = 0.95) -> "Forecast[Any]":
        """Forecasts one series over so many steps; [lower, upper] is to hold the share coverage of outcomes.

        >>> import rancognition
        >>> with rancognition.Temporal() as core:
        ...     forecast = core.forecast([7.0] * 24, step_ns=3_600_000_000_000, horizon=2, coverage=0.9)
        >>> forecast.mean
        [7.0, 7.0]
        """
        samples = numbers_of(values, "values")
        steps = whole(horizon, "horizon")
        if steps > _HORIZON_MAX:
            raise Limit(f"horizon: {steps}, more than {_HORIZON_MAX}")
        mean, lower, upper = (Room(steps, "d", samples.is_numpy) for _ in range(3))
        self._call("rancog_temporal_forecast", samples.first, len(samples), whole(step_ns, "step_ns"), steps, real(coverage, "coverage"),
                   mean.first, lower.first, upper.first)
        return Forecast(mean.numbers, lower.numbers, upper.numbers)

    def observe(self, network_id: str, metric: str, times: Any, values: Any) -> None:
        """Adds samples to the history kept per network and metric, which later problems of that network use where they bring none.

        times: ns since the Unix epoch, never going back; also a NumPy array or index of datetime64.

        >>> import rancognition
        >>> with rancognition.Temporal() as core:
        ...     core.observe("cell-7", "RRU.PrbTotDl", [1_700_000_000_000_000_000, 1_700_000_900_000_000_000], [41, 43.5])
        ...     core.get_performance_metrics()["total_executions"]
        0
        """
        network, name = name_of(network_id, "network_id"), name_of(metric, "metric")
        moments, samples = numbers_of(times, "times", "Q"), numbers_of(values, "values")
        if len(moments) != len(samples):
            raise ValueError(f"values: {len(samples)} for {len(moments)} times")
        self._call("rancog_temporal_observe", network, len(network), name, len(name), moments.first, samples.first, len(samples))

    @overload
    def score_anomalies(self, values: NumPyLike, step_ns: int = 0) -> Any: ...

    @overload
    def score_anomalies(self, values: Iterable[Optional[float]], step_ns: int = 0) -> List[float]: ...

    def score_anomalies(self, values: Any, step_ns: int = 0) -> Any:
        """How unusual each sample is by the samples up to it: numbers, 0 or more, larger is more unusual."""
        samples = numbers_of(values, "values")
        scores = Room(len(samples), "d", samples.is_numpy)
        self._call("rancog_temporal_score_anomalies", samples.first, len(samples), whole(step_ns, "step_ns"), scores.first)
        return scores.numbers

    @overload
    def detect_anomalies(self, values: NumPyLike, step_ns: int = 0) -> Any: ...

    @overload
    def detect_anomalies(self, values: Iterable[Optional[float]], step_ns: int = 0) -> List[bool]: ...

    def detect_anomalies(self, values: Any, step_ns: int = 0) -> Any:
        """Alarms by the library's own threshold: booleans, True at the sample where an anomaly is noticed.

        >>> import rancognition
        >>> values = [10 + hour % 24 + hour % 3 for hour in range(400)]
        >>> values[350] = 500
        >>> with rancognition.Temporal() as core:
        ...     core.detect_anomalies(values, step_ns=3_600_000_000_000).index(True)
        350
        """
        samples = numbers_of(values, "values")
        flags = Room(len(samples), "B", samples.is_numpy)
        self._call("rancog_temporal_detect_anomalies", samples.first, len(samples), whole(step_ns, "step_ns"), flags.first)
        return flags.booleans

    @overload
    def detect_change_points(self, values: NumPyLike, step_ns: int = 0) -> Any: ...

    @overload
    def detect_change_points(self, values: Iterable[Optional[float]], step_ns: int = 0) -> List[int]: ...

    def detect_change_points(self, values: Any, step_ns: int = 0) -> Any:
        """Where the level or trend changes for good: the index of the first sample of each new segment, ascending.

        >>> import rancognition
        >>> with rancognition.Temporal() as core:
        ...     core.detect_change_points([10 + i % 3 for i in range(100)] + [40 + i % 3 for i in range(100)])
        [100]
        """
        samples = numbers_of(values, "values")
        indices = Room(len(samples), "N", samples.is_numpy)  # there cannot be more
        count = ctypes.c_size_t(len(samples))
        self._call("rancog_temporal_detect_change_points", samples.first, len(samples), whole(step_ns, "step_ns"), indices.first, ctypes.byref(count))
        return indices.numbers[:count.value]
