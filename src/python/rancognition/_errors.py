"""What a call of the library that fails raises."""

from typing import Callable, Dict, Tuple, Type

from . import _raw


class RanCognitionError(Exception):
    """A call of the library failed. str() is the library's message: argument, place in it, reason.

    Each status has a class of its own, which is also the error that Python would raise:

    >>> import rancognition
    >>> try:
    ...     rancognition.Temporal(expansion_factor=0)
    ... except ValueError as error:
    ...     print(type(error).__name__, error.status, error.name)
    ...     print(error)
    InvalidArgument -1 RANCOG_E_INVALID_ARGUMENT
    expansion_factor: 0, must be 1..1000000
    """

    #: Negative code, as rancog_last_status gives it.
    status: int = _raw.RANCOG_E_INTERNAL

    @property
    def name(self) -> str:
        """The code as the header spells it: RANCOG_E_INVALID_JSON."""
        return _raw.STATUS_NAMES.get(self.status, str(self.status))

    @property
    def status_name(self) -> str:
        """The same as name, which versions before 0.4 did not have."""
        return self.name

    def __reduce__(self) -> Tuple[Callable[[int, str], "RanCognitionError"], Tuple[int, str]]:
        return of_status, (self.status, str(self))


class InvalidArgument(RanCognitionError, ValueError):
    """An argument is empty, out of range or contradicts another; the message names it."""

    status = _raw.RANCOG_E_INVALID_ARGUMENT


class InvalidHandle(RanCognitionError):
    """The object was closed, or what it was borrowed from is gone."""

    status = _raw.RANCOG_E_INVALID_HANDLE


class InvalidJson(RanCognitionError, ValueError):
    """The text is not JSON, or lacks a field or has one of a wrong type; the message says where."""

    status = _raw.RANCOG_E_INVALID_JSON


class Busy(RanCognitionError, RuntimeError):
    """The object was used from inside one of its own callbacks, or for what cannot be done while another thread runs its tasks."""

    status = _raw.RANCOG_E_BUSY


class Cancelled(RanCognitionError):
    """The host's progress function asked to stop."""

    status = _raw.RANCOG_E_CANCELLED


class NotFound(RanCognitionError, LookupError):
    """There is nothing under the id or name given."""

    status = _raw.RANCOG_E_NOT_FOUND


class Limit(RanCognitionError, ValueError):
    """A documented bound (size, count) would be exceeded."""

    status = _raw.RANCOG_E_LIMIT


class OutOfMemory(RanCognitionError, MemoryError):
    """Memory is exhausted."""

    status = _raw.RANCOG_E_OUT_OF_MEMORY


class Forked(RanCognitionError, RuntimeError):
    """This process is a fork of one that had used the library; only a fresh process can. With multiprocessing take the start method
    "spawn" or "forkserver", or use the library in the children only."""

    status = _raw.RANCOG_E_FORKED


class InternalError(RanCognitionError, RuntimeError):
    """A bug of the library; please report it with the message."""

    status = _raw.RANCOG_E_INTERNAL


class StorageError(RanCognitionError, OSError):
    """The device is full or fails, or a shared database cannot be reached; nothing was stored by the call, unless its documentation says so."""

    status = _raw.RANCOG_E_STORAGE


_OF_STATUS: Dict[int, Type[RanCognitionError]] = {
    kind.status: kind
    for kind in (InvalidArgument, InvalidHandle, InvalidJson, Busy, Cancelled, NotFound, Limit, OutOfMemory, Forked, InternalError, StorageError)
}


def of_status(status: int, message: str) -> RanCognitionError:
    """The error of a status, with a message."""
    kind = _OF_STATUS.get(status, RanCognitionError)
    error = kind(message)
    if error.status != status:  # a code that a newer library has
        error.status = status
    return error
