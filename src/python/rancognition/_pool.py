"""The memory pool."""

import ctypes
import json
import threading
import weakref
from typing import Any, Dict, Optional, Type

from ._arrays import address_of
from ._call import destroy_orphan, plain
from ._errors import InvalidHandle
from ._handle import Handle, options_of
from ._host import AnyHost, raw_host
from ._numbers import whole


class _Blocks:
    """The blocks of a pool that are in use, and the pool's end when it is closed before the last of them is gone."""

    def __init__(self, lib: ctypes.CDLL, handle: int) -> None:
        self._lib = lib
        self._handle: Optional[int] = handle
        self._lock = threading.RLock()  # a block may be collected while this thread holds it
        self._closing = False
        self._count = 0
        self.living: "weakref.WeakValueDictionary[int, Any]" = weakref.WeakValueDictionary()  # by address

    def add(self, address: int, size: int) -> memoryview:
        memory = _block_type(size).from_address(address)
        with self._lock:
            self._count += 1
            self.living[address] = memory
        # The memory is given back when the last view of it is gone: there is no view of freed memory.
        weakref.finalize(memory, destroy_orphan, lambda: self._remove(address, size)).atexit = False
        return memoryview(memory).cast("B")

    def _remove(self, address: int, size: int) -> None:
        with self._lock:
            self._count -= 1
            self._lib.rancog_pool_deallocate(self._handle, address, size)
            self._end()

    def close(self) -> None:
        with self._lock:
            self._closing = True
            self._end()

    def _end(self) -> None:
        if self._closing and self._count == 0 and self._handle is not None:
            handle, self._handle = self._handle, None
            self._lib.rancog_pool_destroy(handle)


class Pool(Handle):
    """Memory in blocks, within a budget, with statistics that add up to the byte.

    Options are those of rancog_pool_create: budget_bytes, retain_bytes.

    >>> import rancognition
    >>> with rancognition.Pool(budget_bytes=1 << 20) as pool:
    ...     block = pool.allocate(1000)
    ...     block[:5] = b"hello"
    ...     pool.stats()["requested_bytes"]
    ...     pool.deallocate(block)
    ...     pool.stats()["live_blocks"]
    1000
    0

    A block is a memoryview of bytes; NumPy takes it as it is: numpy.frombuffer(block, "f8"). It is freed when it and all that was made from
    it (slices, arrays) are gone, or earlier by deallocate; a pool that is closed keeps the memory of its blocks until then. So there is
    never a view of memory that was freed.
    """

    _destroy = "rancog_pool_destroy"

    def __init__(self, host: Optional[AnyHost] = None, **options: Any) -> None:
        super().__init__(host)
        text = options_of(options)
        self._handle = self._create("rancog_pool_create", text, len(text or b""), ctypes.byref(raw_host(host)))
        self._blocks = _Blocks(self._lib, self._handle)

    def allocate(self, size: int) -> memoryview:
        """A block of so many bytes, at least 1; its contents are undefined. Raises Limit when the budget has no room for it."""
        wanted = whole(size, "size")
        return self._blocks.add(self._call("rancog_pool_allocate", wanted), wanted)

    def deallocate(self, block: memoryview) -> None:
        """Frees a block, all of it. Raises InvalidArgument when it is none of this pool, BufferError when something was made from it that lives."""
        if not isinstance(block, memoryview):
            raise TypeError(f"block: must be the memoryview that allocate gave, not {type(block).__name__}")
        address, size = address_of(block), block.nbytes
        memory = self._blocks.living.get(address)
        if memory is None or len(memory) != size:
            self._call("rancog_pool_deallocate", address, size)  # is refused, with the reason
            raise InvalidHandle("block: not of this pool")
        block.release()
        reference = weakref.ref(memory)
        del memory
        if reference() is not None:
            raise BufferError("block: slices of it or arrays on it are in use; it is freed with the last of them")

    def stats(self) -> Dict[str, Any]:
        """The pool at one instant: bytes and blocks in use, free, reserved, and how well they fit; see rancog_pool_get_stats."""
        found: Dict[str, Any] = json.loads(self.stats_json())
        return found

    def stats_json(self) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._text("rancog_pool_get_stats")

    def close(self) -> None:
        """Nothing can be allocated any more. The memory goes at once, or with the last block that is in use."""
        if self._handle is not None:
            self._handle = None
            self._blocks.close()

    def __del__(self) -> None:
        if self._handle is not None:
            self._handle = None
            destroy_orphan(self._blocks.close)


_types: Dict[int, Type[Any]] = {}


def _block_type(size: int) -> Type[Any]:
    """A ctypes array of so many bytes that can be referred to weakly; not one type for each size that ever was."""
    kind = _types.get(size)
    if kind is None:
        kind = type("Block", (ctypes.c_ubyte * size,), {})
        if len(_types) < 256:
            _types[size] = kind
    return kind
