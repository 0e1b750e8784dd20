"""RanCognition for Python: forecasts, anomalies, patterns and decisions for radio access networks.

    import rancognition

    with rancognition.Temporal() as core:
        mean, lower, upper = core.forecast([41, 43, 48, 52, 57], step_ns=900_000_000_000, horizon=4)

Needs nothing but the standard library and librancognition. Any thread may call anything; calls on one core queue,
different cores run in parallel, and the interpreter's lock is released during every call.
"""

from ._core import Temporal, buffers_outstanding, nanotime, render_report, runtime_info, version
from ._errors import RanCognitionError
from ._library import library_path

__all__ = [
    "RanCognitionError",
    "Temporal",
    "buffers_outstanding",
    "library_path",
    "nanotime",
    "render_report",
    "runtime_info",
    "version",
]
