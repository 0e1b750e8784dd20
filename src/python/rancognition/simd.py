"""Kernels on whole arrays of single-precision numbers, with the vectors of the processor; the bits of a result do not depend on it.

Arrays are lists, array.array("f"), any memory of floats, or NumPy arrays; contiguous float32 is not copied. The result is a NumPy array
when the first argument is one, else a list.

>>> from rancognition import simd
>>> simd.vectorized_pattern_matching([0.5, 2.0], thresholds=[1.0, 1.0], factors=[1.0, 1.0])
[False, True]
>>> simd.parallel_temporal_computation([1.0, 2.0], weights=[0.5, 2.0], operations_count=3)
[0.125, 16.0]
"""

from typing import Any, Iterable, List, overload

from ._arrays import Numbers, Room, numbers_of
from ._call import plain
from ._library import library
from ._numbers import whole
from ._temporal import NumPyLike

__all__ = ["parallel_temporal_computation", "vectorized_pattern_matching"]


@overload
def vectorized_pattern_matching(patterns: NumPyLike, thresholds: Any, factors: Any) -> Any: ...


@overload
def vectorized_pattern_matching(patterns: Iterable[float], thresholds: Any, factors: Any) -> List[bool]: ...


def vectorized_pattern_matching(patterns: Any, thresholds: Any, factors: Any) -> Any:
    """Tells for every element whether patterns * factors, rounded to float, reaches thresholds. All have the same length."""
    one, two, three = numbers_of(patterns, "patterns", "f"), numbers_of(thresholds, "thresholds", "f"), numbers_of(factors, "factors", "f")
    _same_length(one, thresholds=two, factors=three)
    room = Room(len(one), "B", one.is_numpy)
    lib = library()
    plain(lib, lib.rancog_simd_vectorized_pattern_matching, one.first, two.first, three.first, len(one), room.first)
    return room.booleans


@overload
def parallel_temporal_computation(timeline: NumPyLike, weights: Any, operations_count: int = 1) -> Any: ...


@overload
def parallel_temporal_computation(timeline: Iterable[float], weights: Any, operations_count: int = 1) -> List[float]: ...


def parallel_temporal_computation(timeline: Any, weights: Any, operations_count: int = 1) -> Any:
    """Multiplies a timeline by its weights, so many times; each product is rounded to float. Both have the same length."""
    one, two = numbers_of(timeline, "timeline", "f"), numbers_of(weights, "weights", "f")
    _same_length(one, weights=two)
    room = Room(len(one), "f", one.is_numpy)
    lib = library()
    plain(lib, lib.rancog_simd_parallel_temporal_computation, one.first, two.first, len(one), whole(operations_count, "operations_count"), room.first)
    return room.numbers


def _same_length(first: Numbers, **others: Numbers) -> None:
    for name, numbers in others.items():
        if len(numbers) != len(first):
            raise ValueError(f"{name}: has {len(numbers)} elements, must have {len(first)}")
