"""Episodes of the caller, given as columns, as the array of structs that the library takes."""

import ctypes
import struct
import sys
from array import array
from itertools import accumulate
from typing import Any, Dict, List, Optional, Tuple

from ._arrays import Numbers, address_of, numbers_of
from ._errors import InvalidArgument
from ._raw import rancog_episode
from ._text import name_of, text_of

# The struct is an array of 8-byte words, so that a whole column is written at once: word by word it would cost more than the call.
_WORDS = ctypes.sizeof(rancog_episode) // 8
_FIRST_HALF = struct.Struct("=iI")  # a 32-bit number with 0 after it, in one word
_MISSING_REWARD = array("Q", struct.pack("d", float("nan")))


class Episodes:
    """Rows for rancog_memory_append: pass .first and len(), and keep the object until the call is over."""

    __slots__ = ("first", "is_numpy", "_count", "_words", "_keep")

    def __init__(self, vectors: Any, times: Any, cells: Any, rewards: Any, success: Any, documents: Any, ids: Any) -> None:
        self._keep: List[Any] = []  # the memories that the rows point into
        self._count: Optional[int] = None
        self._words: "array[int]" = array("Q")
        #: The caller's vectors are NumPy arrays: the ids are to be one as well.
        self.is_numpy = False
        columns: List[Tuple[str, "array[int]"]] = []
        if vectors is not None:
            columns += self._vectors(vectors)
        if times is not None:
            columns.append(("time_ns", self._numbers(times, "times", "Q")))
        if ids is not None:
            columns.append(("id", self._numbers(ids, "ids", "Q")))
        if cells is not None:
            columns += self._cells(cells)
        if documents is not None:
            columns += self._documents(documents)
        if rewards is not None:
            columns.append(("reward", self._numbers(rewards, "rewards", "d")))
        if success is not None:
            columns.append(("success", self._success(success)))
        if self._count is None:
            raise ValueError("vectors, documents: neither is given, an episode has a vector or a document with its situation")
        columns.append(("struct_size", _words_of_half(ctypes.sizeof(rancog_episode)) * self._count))
        if rewards is None:
            columns.append(("reward", _MISSING_REWARD * self._count))
        if success is None:
            columns.append(("success", _words_of_half(-1) * self._count))
        self._words = array("Q", bytes(8 * _WORDS * self._count))
        for name, values in columns:
            self._words[getattr(rancog_episode, name).offset // 8::_WORDS] = values
        #: The first row, which ctypes passes by its address.
        self.first: Any = rancog_episode.from_address(address_of(memoryview(self._words))) if self._count else rancog_episode()

    def __len__(self) -> int:
        return self._count or 0

    def _rows(self, count: int, argument: str) -> None:
        """All columns have as many rows as the first of them."""
        if self._count is None:
            self._count = count
        elif count != self._count:
            raise ValueError(f"{argument}: {count} for {self._count} episodes")

    def _vectors(self, vectors: Any) -> List[Tuple[str, "array[int]"]]:
        memory, dimensions, self.is_numpy = matrix_of(vectors, "vectors")
        self._keep.append(memory)
        self._rows(len(dimensions), "vectors")
        ends = accumulate(dimensions)
        first = address_of(memory)
        return [("vector", array("Q", [first + 4 * (end - dimension) if dimension else 0 for end, dimension in zip(ends, dimensions)])), ("dimension", dimensions)]

    def _numbers(self, values: Any, argument: str, code: str) -> "array[int]":
        numbers = numbers_of(values, argument, code)
        self._rows(len(numbers), argument)
        words = array("Q")
        words.frombytes(numbers.memory.cast("B") if len(numbers) else b"")
        return words

    def _success(self, success: Any) -> "array[int]":
        numbers = numbers_of(success, "success")
        self._rows(len(numbers), "success")
        words, known = array("Q"), {0.0: _words_of_half(0)[0], 1.0: _words_of_half(1)[0]}
        unknown = _words_of_half(-1)[0]
        for index, value in enumerate(numbers.memory):
            if value == value and value not in known:
                raise InvalidArgument(f"success[{index}]: {value:g}, must be True, False or None")
            words.append(known.get(value, unknown))
        return words

    def _cells(self, cells: Any) -> List[Tuple[str, "array[int]"]]:
        if isinstance(cells, str):
            if self._count is None:
                raise ValueError("cells: one for all episodes needs their vectors")
            cells = [cells] * self._count
        return self._texts("cell", "cells", [
            cell.encode("utf-8") if isinstance(cell, str) else None if _is_missing(cell) else name_of(cell, f"cells[{index}]")
            for index, cell in enumerate(_list_of(cells, "cells"))])

    def _documents(self, documents: Any) -> List[Tuple[str, "array[int]"]]:
        if isinstance(documents, (str, bytes, bytearray, dict)):
            raise TypeError(f"documents: must be a sequence of them, one for each episode, not {type(documents).__name__}")
        return self._texts("document", "documents", [None if _is_missing(document) else text_of(document) for document in _list_of(documents, "documents")])

    def _texts(self, name: str, argument: str, texts: List[Optional[bytes]]) -> List[Tuple[str, "array[int]"]]:
        """Texts lie one after the other in one memory, each once."""
        self._rows(len(texts), argument)
        distinct = [text for text in dict.fromkeys(texts) if text is not None]
        memory = b"".join(distinct)
        self._keep.append(memory)
        place, places = address_of(memoryview(memory)), {}  # type: int, Dict[Optional[bytes], int]
        for text in distinct:
            places[text] = place
            place += len(text)
        return [(name, array("Q", [places.get(text, 0) for text in texts])), (f"{name}_length", array("Q", [len(text or b"") for text in texts]))]


def vector_of(vector: Any, argument: str) -> Numbers:
    """One vector; contiguous float32 is not copied."""
    return numbers_of(vector, argument, "f")


def matrix_of(rows: Any, argument: str) -> Tuple[memoryview, "array[int]", bool]:
    """(memory, length of each row, whether it is NumPy's) of vectors one after the other; contiguous float32 is not copied."""
    table = getattr(rows, "to_numpy", None)
    if table is not None:
        rows = table()
    numpy: Any = sys.modules.get("numpy")
    if numpy is not None and isinstance(rows, numpy.ndarray) and rows.dtype.kind != "O":
        if rows.ndim != 2:
            raise ValueError(f"{argument}: must have two dimensions, has {rows.ndim}")
        if rows.dtype.kind not in "fiub":
            raise TypeError(f"{argument}: must be numbers, not {rows.dtype}")
        if isinstance(rows, numpy.ma.MaskedArray):
            rows = rows.astype("f").filled(float("nan"))
        rows = numpy.require(rows, numpy.dtype("f"), ("C_CONTIGUOUS", "ALIGNED"))
        return memoryview(rows), array("Q", [rows.shape[1]]) * rows.shape[0], True
    if isinstance(rows, memoryview) and rows.ndim == 2 and rows.format in ("f", "@f") and rows.c_contiguous:
        return rows, array("Q", [(rows.shape or (0, 0))[1]]) * len(rows), False
    if isinstance(rows, memoryview):
        rows = rows.tolist()
    if isinstance(rows, (str, bytes, bytearray, dict)):
        raise TypeError(f"{argument}: must be rows of numbers, not {type(rows).__name__}")
    return _matrix_of_rows(_list_of(rows, argument), argument)


def _matrix_of_rows(rows: List[Any], argument: str) -> Tuple[memoryview, "array[int]", bool]:
    numbers, lengths, is_numpy = array("f"), array("Q"), False
    for index, row in enumerate(rows):
        one = vector_of(() if row is None else row, f"{argument}[{index}]")
        if len(one):
            numbers.frombytes(one.memory.cast("B"))
        lengths.append(len(one))
        is_numpy = is_numpy or one.is_numpy
    return memoryview(numbers), lengths, is_numpy


def _list_of(values: Any, argument: str) -> List[Any]:
    as_list = getattr(values, "tolist", None)
    try:
        found: List[Any] = as_list() if as_list is not None else list(values)
    except TypeError:
        raise TypeError(f"{argument}: must be a sequence, not {type(values).__name__}") from None
    return found


def _is_missing(text: Any) -> bool:
    """None, or NaN, which columns of pandas have for it."""
    return text is None or isinstance(text, float) and text != text


def _words_of_half(number: int) -> "array[int]":
    words = array("Q")
    words.frombytes(_FIRST_HALF.pack(number, 0))
    return words
