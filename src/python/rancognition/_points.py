"""Points of a search and what they gave, as rows of doubles; and functions of the caller as the library calls them."""

import ctypes
import json
import math
import sys
from array import array
from collections.abc import Mapping
from typing import Any, Callable, Dict, List, Optional, Tuple

from ._call import is_stopping, run_python
from ._numbers import real

_FAILED = 1  # any number but 0
_NAN = math.nan


class EvaluationFailed(Exception):
    """Raise it in a function that evaluates points: this point failed (in a batch: all of them). It is counted, and the search goes on.

    In a function that judges changes (Cognition.decide_with): nothing can be told of these.

    >>> import rancognition
    >>> def drive_test(x):
    ...     if x[0] > 2:
    ...         raise rancognition.EvaluationFailed("the simulator does not converge")
    ...     return (x[0] - 1) ** 2
    >>> problem = {"variables": [{"name": "tilt", "type": "real", "lower": 0, "upper": 4, "step": 0.5}], "objectives": [{"name": "cost", "sense": "min"}]}
    >>> with rancognition.Optimizer() as core:
    ...     result = core.optimize_with(problem, drive_test)
    >>> result["best"]["x"], result["evaluations"], result["failed_evaluations"]
    ([1], 9, 4)
    """


def rows_of(values: Any, width: int, argument: str, count: Optional[int] = None) -> "array[float]":
    """Rows of so many numbers each, one after the other: a NumPy array or a table of pandas, or rows; where the width is 1, numbers do. None is NaN."""
    items = items_of(values, argument)
    if count is not None and len(items) != count:
        raise ValueError(f"{argument}: {len(items)} for {count} points")
    numbers = array("d")
    for index, item in enumerate(items):
        if type(item) is float and width == 1:
            numbers.append(item)
        else:
            numbers.extend(numbers_of_point(item, width, f"{argument}[{index}]"))
    return numbers


def numbers_of_point(value: Any, width: int, argument: str) -> List[float]:
    """So many numbers, given as one or as a sequence; None stands for all of them or for one: NaN."""
    if value is None:
        return [_NAN] * width
    if is_number(value):
        items = [value]
    else:
        items = items_of(value, argument)
    if len(items) != width:
        raise ValueError(f"{argument}: {len(items)} number{'' if len(items) == 1 else 's'}, must be {width}")
    return [_NAN if item is None else real(item, argument) for item in items]


def is_number(value: Any) -> bool:
    """Whether it is one number, also an array of NumPy without dimensions."""
    if isinstance(value, (float, int)):
        return True
    try:
        iter(value)
    except TypeError:
        return True
    return False


def point_evaluator(function: Callable[[List[float]], Any]) -> Callable[..., int]:
    """What the library calls for each point."""

    def evaluate(x: Any, n: int, objectives: Any, m: int, constraints: Any, k: int) -> int:
        try:
            answer = function(x[:n])
        except EvaluationFailed:
            return _FAILED
        if answer is None:
            return _FAILED
        if not k and type(answer) is float and m == 1:
            objectives[0] = answer
            return 0
        if k and is_number(answer) and math.isnan(real(answer, "function")):
            return _FAILED
        values, limits = _parts_of(answer, k)
        for index, value in enumerate(numbers_of_point(values, m, "objectives")):
            objectives[index] = value
        for index, value in enumerate(numbers_of_point(limits, k, "constraints")):
            constraints[index] = value
        return 0

    def call(x: Any, n: int, objectives: Any, m: int, constraints: Any, k: int, _: Any) -> int:
        # What was raised ends the search where it looks for that; until then points fail at once.
        return _FAILED if is_stopping() else run_python(evaluate, (x, n, objectives, m, constraints, k), _FAILED)

    return call


def batch_evaluator(function: Callable[[Any], Any]) -> Callable[..., int]:
    """What the library calls for many points at once."""

    def evaluate(x: Any, rows: int, n: int, objectives: Any, m: int, constraints: Any, k: int) -> int:
        try:
            answer = function(_points(x, rows, n))
        except EvaluationFailed:
            return _FAILED
        if answer is None:
            return _FAILED
        values, limits = _parts_of(answer, k)
        written = [(objectives, rows_of(values, m, "objectives", rows))]
        if k:
            written.append((constraints, rows_of(limits, k, "constraints", rows)))
        for room, numbers in written:
            ctypes.memmove(room, numbers.buffer_info()[0], len(numbers) * numbers.itemsize)
        return 0

    def call(x: Any, rows: int, n: int, objectives: Any, m: int, constraints: Any, k: int, _: Any) -> int:
        return _FAILED if is_stopping() else run_python(evaluate, (x, rows, n, objectives, m, constraints, k), _FAILED)

    return call


def map_evaluator(function: Callable[[Any], Any], takes_number: bool = False) -> Callable[..., int]:
    """What the library calls for a point of a map. takes_number: the function gets the one number, not a list of it."""
    if not callable(function):
        raise TypeError(f"function: must be a function, not {type(function).__name__}")

    def evaluate(x: Any, n: int, image: Any) -> int:
        answer = function(x[0] if takes_number else x[:n])
        values = [real(value, "function") for value in ([answer] if is_number(answer) else items_of(answer, "function"))]
        if len(values) != n:
            raise ValueError(f"function: gave {len(values)} number{'' if len(values) == 1 else 's'} for a point of {n}")
        for index, value in enumerate(values):
            image[index] = value
        return 0

    def call(x: Any, n: int, image: Any, _: Any) -> int:
        return _FAILED if is_stopping() else run_python(evaluate, (x, n, image), _FAILED)

    return call


def model_evaluator(function: Callable[[List[Dict[str, Any]], List[str]], Any]) -> Callable[..., int]:
    """What the library calls to ask a model of a network what changes bring."""
    if not callable(function):
        raise TypeError(f"function: must be a function, not {type(function).__name__}")

    def evaluate(question: Any, length: int, values: Any, n: int) -> int:
        asked = json.loads(ctypes.string_at(question, length))
        metrics = asked["metrics"]
        try:
            answer = function(asked["actions"], metrics)
        except EvaluationFailed:
            return _FAILED
        if answer is None:
            return _FAILED
        as_dict = getattr(answer, "to_dict", None)  # a column of pandas has labels
        named = answer if as_dict is None else as_dict()
        is_named = isinstance(named, Mapping) and (as_dict is None or any(name in named for name in metrics))
        known = [named.get(name) for name in metrics] if is_named else answer
        for index, value in enumerate(numbers_of_point(known, n, "function")):
            values[index] = value
        return 0

    def call(question: Any, length: int, values: Any, n: int, _: Any) -> int:
        return _FAILED if is_stopping() else run_python(evaluate, (question, length, values, n), _FAILED)

    return call


def _parts_of(answer: Any, k: int) -> Tuple[Any, Any]:
    """(objectives, constraints) of what a function gave; without constraints it may leave them out."""
    if not k:
        if isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], (list, tuple)) and not answer[1]:
            return answer[0], ()
        return answer, ()
    try:
        values, limits = answer
    except (TypeError, ValueError):
        raise TypeError("function: must give (objectives, constraints), the problem has constraints") from None
    return values, limits


def _points(x: Any, rows: int, n: int) -> Any:
    """The caller's own copy: an array of NumPy where the program uses that, else lists."""
    numpy: Any = sys.modules.get("numpy")
    if numpy is not None:
        memory = bytearray(ctypes.string_at(x, rows * n * ctypes.sizeof(ctypes.c_double)))
        return numpy.frombuffer(memory, dtype=float).reshape(rows, n)
    return in_rows(x[:rows * n], n)


def in_rows(numbers: List[float], n: int) -> List[List[float]]:
    """Numbers as rows of n."""
    return [numbers[first:first + n] for first in range(0, len(numbers), n)]


def items_of(values: Any, argument: str) -> List[Any]:
    """The items of anything that has some; of arrays and columns as numbers of Python."""
    if isinstance(values, list):
        return values
    if isinstance(values, (str, bytes, bytearray)):
        raise TypeError(f"{argument}: must be numbers, not {type(values).__name__}")
    table = getattr(values, "to_numpy", None)
    if table is not None:
        values = table()
    as_list = getattr(values, "tolist", None)
    try:
        items = values if as_list is None else as_list()
        return items if isinstance(items, list) else list(items)
    except TypeError:
        raise TypeError(f"{argument}: must be numbers, not {type(values).__name__}") from None
