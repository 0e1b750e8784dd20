"""Arrays of the caller as the library wants them: an address and a length, without a copy where the memory is as it should be.

NumPy is never imported here: who passes an array of it has done that.
"""

import ctypes
import math
import sys
from array import array
from typing import Any, Dict, List, Optional, Tuple

#: Type codes (of array, memoryview and NumPy) and their C types.
_C_TYPES: Dict[str, Any] = {"d": ctypes.c_double, "f": ctypes.c_float, "Q": ctypes.c_uint64}
_MISSING = {"d": math.nan, "f": math.nan}  # what None stands for
_NATIVE = "<" if sys.byteorder == "little" else ">"


class _PyBuffer(ctypes.Structure):
    """Py_buffer of CPython."""

    _fields_ = [
        ("buf", ctypes.c_void_p), ("obj", ctypes.c_void_p), ("len", ctypes.c_ssize_t), ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int), ("ndim", ctypes.c_int), ("format", ctypes.c_char_p), ("shape", ctypes.c_void_p),
        ("strides", ctypes.c_void_p), ("suboffsets", ctypes.c_void_p), ("internal", ctypes.c_void_p),
    ]


_get_buffer = ctypes.pythonapi.PyObject_GetBuffer
_get_buffer.argtypes = (ctypes.py_object, ctypes.POINTER(_PyBuffer), ctypes.c_int)
_release_buffer = ctypes.pythonapi.PyBuffer_Release
_release_buffer.argtypes = (ctypes.POINTER(_PyBuffer),)
_release_buffer.restype = None


def address_of(view: memoryview) -> int:
    """Where a contiguous memory begins, also a read-only one. It stays there while the view lives."""
    buffer = _PyBuffer()
    _get_buffer(view, ctypes.byref(buffer), 0)
    address: Optional[int] = buffer.buf
    _release_buffer(ctypes.byref(buffer))
    return address or 0


class Numbers:
    """An array for the library: pass .first as a pointer and len() as the length, and keep the object until the call is over."""

    __slots__ = ("first", "is_numpy", "memory", "_length")

    def __init__(self, memory: memoryview, code: str, is_numpy: bool) -> None:
        #: The elements; it holds the owner, and the owner's memory in its place.
        self.memory = memory
        self._length = len(memory)
        #: The first element, which ctypes passes by its address.
        self.first = _C_TYPES[code].from_address(address_of(memory)) if self._length else _C_TYPES[code]()
        #: The caller's array is one of NumPy, or has such inside: results are to be as well.
        self.is_numpy = is_numpy

    def __len__(self) -> int:
        return self._length


class Room:
    """Room for an array of results."""

    __slots__ = ("first", "_array")

    def __init__(self, count: int, code: str, is_numpy: bool) -> None:
        # zeroed, so that a call that writes less leaves nothing of others there
        native, kind = _ROOM_TYPES[code]
        self._array: Any = sys.modules["numpy"].zeros(count, native) if is_numpy else array(native, bytes(count * ctypes.sizeof(kind)))
        #: The first element, which ctypes passes by its address.
        self.first = kind.from_address(address_of(memoryview(self._array))) if count else kind()

    @property
    def numbers(self) -> Any:
        """A NumPy array, or a list."""
        return self._array.tolist() if isinstance(self._array, array) else self._array

    @property
    def booleans(self) -> Any:
        """The bytes as a NumPy array or a list of booleans."""
        return [flag != 0 for flag in self._array] if isinstance(self._array, array) else self._array.view(bool)


# size_t is the type that array and NumPy call "L" where Unix is spoken, and "Q" where it is 64 bits wide
_ROOM_TYPES: Dict[str, Tuple[str, Any]] = {"d": ("d", ctypes.c_double), "f": ("f", ctypes.c_float), "B": ("B", ctypes.c_uint8), "Q": ("Q", ctypes.c_uint64),
               "N": ("Q" if ctypes.sizeof(ctypes.c_size_t) == 8 else "L", ctypes.c_size_t)}


def numbers_of(values: Any, argument: str, code: str = "d") -> Numbers:
    """Numbers from a list or anything that can be iterated, an array, a memory, a NumPy array or a column of pandas; None is a missing one."""
    column = getattr(values, "to_numpy", None)
    if column is not None:
        values = _of_column(values, column, code)
    numpy: Any = sys.modules.get("numpy")
    if numpy is not None and isinstance(values, numpy.ndarray):
        return Numbers(memoryview(_of_numpy(numpy, values, argument, code)), code, True)
    if isinstance(values, (str, bytes, bytearray)):
        raise TypeError(f"{argument}: must be numbers, not {type(values).__name__}")
    try:
        memory = memoryview(values)
    except TypeError:
        return Numbers(memoryview(_of_items(values, argument, code)), code, False)
    if memory.ndim != 1:
        raise ValueError(f"{argument}: must have one dimension, has {memory.ndim}")
    if memory.format in (code, "@" + code, _NATIVE + code) and memory.c_contiguous:
        return Numbers(memory, code, False)
    return Numbers(memoryview(_of_items(memory.tolist(), argument, code)), code, False)


def _of_column(values: Any, column: Any, code: str) -> Any:
    """The NumPy array in a column; of one with marks for missing values, NaN in their place."""
    if code != "Q" and str(getattr(values, "dtype", "")) in ("Int64", "Int32", "Int16", "Int8", "UInt64", "UInt32", "UInt16", "UInt8", "Float64", "Float32", "boolean"):
        return column(dtype=float, na_value=math.nan)
    return column()


def _of_numpy(numpy: Any, values: Any, argument: str, code: str) -> Any:
    if values.ndim != 1:
        raise ValueError(f"{argument}: must have one dimension, has {values.ndim}")
    kind = values.dtype.kind
    if code == "Q":
        if kind == "M":
            values, kind = values.astype("datetime64[ns]").astype(numpy.int64), "i"  # NaT becomes negative
        if kind not in "iu":
            raise TypeError(f"{argument}: must be whole numbers or times, not {values.dtype}")
        if kind == "i" and values.size and int(values.min()) < 0:
            raise OverflowError(f"{argument}[{int(values.argmin())}]: {int(values.min())}, must be 0 or more")
    elif kind not in "fiubO":
        raise TypeError(f"{argument}: must be numbers, not {values.dtype}")
    if kind == "O":
        return numpy.frombuffer(_of_items(values.tolist(), argument, code), code) if values.size else numpy.zeros(0, code)
    if isinstance(values, numpy.ma.MaskedArray):
        if code == "Q":
            raise TypeError(f"{argument}: must not have a mask")
        values = values.astype(code).filled(math.nan)
    return numpy.require(values, numpy.dtype(code), ("C_CONTIGUOUS", "ALIGNED"))


def _of_items(values: Any, argument: str, code: str) -> "array[Any]":
    try:
        items: List[Any] = values if isinstance(values, (list, tuple)) else list(values)  # type: ignore[assignment]
    except TypeError:
        raise TypeError(f"{argument}: must be numbers, not {type(values).__name__}") from None
    try:
        return array(code, items)
    except TypeError:
        pass  # a None among them, or something that is no number
    missing = _MISSING.get(code)
    numbers = array(code)
    for index, item in enumerate(items):
        try:
            numbers.append(missing if item is None and missing is not None else item)
        except TypeError:
            raise TypeError(f"{argument}[{index}]: must be a number, not {type(item).__name__}") from None
    return numbers
