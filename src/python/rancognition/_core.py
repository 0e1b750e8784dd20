"""The temporal core, and the functions that need no handle."""

import ctypes
import json
import math
from array import array

from ._errors import RanCognitionError
from ._handle import Handle
from ._library import library
from ._raw import RANCOG_E_OUT_OF_MEMORY

_PREFIX_BYTES = 4  # little-endian length in front of a result's text


def _check(lib, status):
    if status < 0:
        raise RanCognitionError(status, lib.rancog_last_error_message().decode("utf-8"))


def _take(lib, buffer):
    """Bytes of a result buffer, which is released in every case; raises when the call just made on this thread failed."""
    try:
        _check(lib, lib.rancog_last_status())
        if not buffer:
            raise RanCognitionError(RANCOG_E_OUT_OF_MEMORY, "memory is exhausted")
        length = int.from_bytes(ctypes.string_at(buffer, _PREFIX_BYTES), "little")
        return ctypes.string_at(buffer + _PREFIX_BYTES, length)
    finally:
        lib.rancog_buffer_free(buffer)


def _take_json(lib, buffer):
    return json.loads(_take(lib, buffer))


def _text(value):
    """JSON of a value; text and bytes are taken to be JSON already. NaN becomes null: JSON has no NaN."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if isinstance(value, str):
        return value.encode("utf-8")
    return json.dumps(_strict(value), allow_nan=False, separators=(",", ":")).encode("utf-8")


def _strict(value):
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _strict(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_strict(item) for item in value]
    return value


def _samples(values):
    """An array('d'), or a writable memory of doubles (NumPy's) as it is; None becomes NaN."""
    try:
        view = memoryview(values)
    except TypeError:
        view = None
    if view is not None and view.format == "d" and view.ndim == 1 and view.c_contiguous and not view.readonly:
        return (ctypes.c_double * len(view)).from_buffer(view)
    numbers = array("d", (math.nan if value is None else value for value in values))
    return (ctypes.c_double * len(numbers)).from_buffer(numbers)


class Temporal(Handle):
    """A temporal reasoning core: history in; patterns, forecasts with intervals and verdicts out.

    expansion_factor: scenario paths simulated over the look-ahead window, 1..1000000.
    temporal_resolution: points on the expanded timeline, 1..1000000.
    host: a rancognition._raw.rancog_host with callbacks, or None for the library's own clock and a fixed seed.

    Series are sequences of numbers on a regular grid, oldest first; None or NaN = missing; step_ns 0 = unknown.
    Every method raises RanCognitionError with the library's status and message.
    """

    _destroy = "rancog_temporal_destroy"

    def __init__(self, expansion_factor=200, temporal_resolution=48, host=None):
        super().__init__(library(), host)
        handle = self._lib.rancog_temporal_create(expansion_factor, temporal_resolution, None if host is None else ctypes.byref(host))
        _check(self._lib, self._lib.rancog_last_status())
        self._handle = handle

    def expand_subjective_time(self, problem, constraints=()):
        """Analyses one RAN problem (dict, or JSON text): patterns, insights, predictions, verdicts, as a dict."""
        text = _text(problem)
        limits = _text(list(constraints) if isinstance(constraints, tuple) else constraints)
        return _take_json(self._lib, self._lib.rancog_temporal_expand_subjective_time(self._handle, text, len(text), limits, len(limits)))

    def parallel_temporal_analysis(self, problems, thread_count=0):
        """Analyses many problems on several threads (0: one for each processor); a dict whose results are {"Ok": ...} or {"Err": "..."}."""
        text = _text(problems)
        return _take_json(self._lib, self._lib.rancog_temporal_parallel_temporal_analysis(self._handle, text, len(text), thread_count))

    def set_consciousness_level(self, level):
        """Sets the deliberation effort, 0..1: the share of models and scenarios that is used. It starts at 1."""
        _check(self._lib, self._lib.rancog_temporal_set_consciousness_level(self._handle, level))

    def get_performance_metrics(self):
        """What the calls on this core cost so far, as a dict."""
        return _take_json(self._lib, self._lib.rancog_temporal_get_performance_metrics(self._handle))

    def analyze_temporal_patterns(self, timeline):
        """Finds seasons, trends, shifts, anomalies, motifs, lead and lag in a timeline (dict, or JSON text); a list of patterns."""
        text = _text(timeline)
        return _take_json(self._lib, self._lib.rancog_temporal_analyze_temporal_patterns(self._handle, text, len(text)))

    def predict_future_states(self, timeline, horizon_ns):
        """Forecasts every metric of a timeline over the next horizon_ns, at least 1; a list of predictions."""
        text = _text(timeline)
        return _take_json(self._lib, self._lib.rancog_temporal_predict_future_states(self._handle, text, len(text), horizon_ns))

    def optimize_temporal_expansion(self, timeline):
        """Measures how many scenario paths a timeline needs; a dict with the curve and the recommended expansion factor."""
        text = _text(timeline)
        return _take_json(self._lib, self._lib.rancog_temporal_optimize_temporal_expansion(self._handle, text, len(text)))

    def forecast(self, values, step_ns, horizon, coverage=0.95):
        """Forecasts one series: (mean, lower, upper), lists of horizon numbers; [lower, upper] is to hold the share coverage of outcomes."""
        if horizon < 0:
            raise ValueError(f"horizon is {horizon}, must be 1 or more")
        samples = _samples(values)
        room = ctypes.c_double * horizon
        mean, lower, upper = room(), room(), room()
        _check(self._lib, self._lib.rancog_temporal_forecast(self._handle, samples, len(samples), step_ns, horizon, coverage, mean, lower, upper))
        return list(mean), list(lower), list(upper)

    def observe(self, network_id, metric, times, values):
        """Adds samples (times in ns since the Unix epoch, never going back) to the history kept per network and metric."""
        network, name = network_id.encode("utf-8"), metric.encode("utf-8")
        moments = (ctypes.c_uint64 * len(times))(*times)
        samples = _samples(values)
        if len(moments) != len(samples):
            raise ValueError(f"{len(samples)} values for {len(moments)} times")
        _check(self._lib, self._lib.rancog_temporal_observe(self._handle, network, len(network), name, len(name), moments, samples, len(samples)))

    def score_anomalies(self, values, step_ns=0):
        """How unusual each sample is by the samples up to it: a list of numbers, 0 or more, larger is more unusual."""
        samples = _samples(values)
        scores = (ctypes.c_double * len(samples))()
        _check(self._lib, self._lib.rancog_temporal_score_anomalies(self._handle, samples, len(samples), step_ns, scores))
        return list(scores)

    def detect_anomalies(self, values, step_ns=0):
        """Alarms by the library's own threshold: a list of booleans, True at the sample where an anomaly is noticed."""
        samples = _samples(values)
        flags = (ctypes.c_uint8 * len(samples))()
        _check(self._lib, self._lib.rancog_temporal_detect_anomalies(self._handle, samples, len(samples), step_ns, flags))
        return [flag != 0 for flag in flags]

    def detect_change_points(self, values, step_ns=0):
        """Where the level or trend changes for good: the index of the first sample of each new segment, ascending."""
        samples = _samples(values)
        indices = (ctypes.c_size_t * len(samples))()  # there cannot be more
        count = ctypes.c_size_t(len(samples))
        _check(self._lib, self._lib.rancog_temporal_detect_change_points(
            self._handle, samples, len(samples), step_ns, indices, ctypes.byref(count)))
        return list(indices[:count.value])


def render_report(result):
    """Any result of the library (dict, list or JSON text) as one self-contained HTML page."""
    lib = library()
    text = _text(result)
    return _take(lib, lib.rancog_report_render(text, len(text))).decode("utf-8")


def runtime_info():
    """What runs here: versions, CPU features, clock, bounds, as a dict."""
    lib = library()
    return _take_json(lib, lib.rancog_runtime_info())


def version():
    """Version of the loaded library, "major.minor.patch"."""
    return library().rancog_version_string().decode("utf-8")


def nanotime():
    """The library's clock: nanoseconds since the Unix epoch, monotonic over all threads."""
    return library().rancog_nanotime()


def buffers_outstanding():
    """Result buffers not yet released, over all threads and users of the library in this process: 0 when nothing leaks."""
    return library().rancog_buffers_outstanding()
