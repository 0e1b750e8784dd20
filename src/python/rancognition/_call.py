"""Calls of the library: the status is read, buffers are taken, and what Python code raises meanwhile is raised by the call.

An exception cannot pass through the library. So what a callback raises is kept, the library is asked to stop (the progress hook gives 1),
and it is raised when the call has returned. A signal that arrives during a call would be handled at the first instruction of the next
callback, where nothing can catch it; so during calls that run Python code the handlers of signals are replaced by one that calls them and
keeps what they raise.
"""

import ctypes
import signal
import threading
from types import FrameType
from typing import Any, Callable, Dict, List, Optional, Tuple, TypeVar

from ._errors import RanCognitionError, of_status
from ._raw import RANCOG_E_FORKED, RANCOG_E_OUT_OF_MEMORY

_Answer = TypeVar("_Answer")

_FORKED_HINT = '; with multiprocessing, take the start method "spawn" or "forkserver"'
_PREFIX_BYTES = 4  # little-endian length in front of a result's text


class _Guard:
    """One call during which Python code may run."""

    __slots__ = ("error", "in_python")

    def __init__(self) -> None:
        self.error: Optional[BaseException] = None  # the first one that was raised
        self.in_python = False  # code of the caller runs: signals are raised there, as they always are

    def keep(self, error: BaseException) -> None:
        if self.error is None:
            self.error = error


class _Thread(threading.local):
    def __init__(self) -> None:
        self.unread = 0  # calls whose status is not read yet: another call would replace it
        self.orphans: List[Callable[[], Any]] = []  # what was collected meanwhile, to be destroyed after that
        self.guards: List[_Guard] = []


_thread = _Thread()

# Signals whose handlers may raise: those that people, timers and service managers send.
_SIGNALS = tuple(int(getattr(signal, name)) for name in ("SIGINT", "SIGTERM", "SIGALRM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGBREAK")
                 if hasattr(signal, name))
# Below the functions that turn numbers into enums, which cost more than the rest of a call.
_get_handler = getattr(signal.getsignal, "__wrapped__", signal.getsignal)
_set_handler = getattr(signal.signal, "__wrapped__", signal.signal)
_replaced: Dict[int, Any] = {}  # handlers of signals, while the main thread is in a call that runs Python code


def plain(lib: ctypes.CDLL, function: Any, *arguments: Any) -> Any:
    """Makes a call during which no Python code runs; raises when it fails."""
    return _attempt(lib, function, arguments, False)


def plain_buffer(lib: ctypes.CDLL, function: Any, *arguments: Any) -> bytes:
    """The same for a function that gives a result buffer: its bytes."""
    text: bytes = _attempt(lib, function, arguments, True)
    return text


def destroy_orphan(destroy: Callable[[], Any]) -> None:
    """For a collected object: destroys now, or when no status waits to be read on this thread."""
    if _thread.unread:
        _thread.orphans.append(destroy)
    else:
        destroy()


def _attempt(lib: ctypes.CDLL, function: Any, arguments: Tuple[Any, ...], buffer: bool) -> Any:
    thread = _thread
    message = b""
    thread.unread += 1
    try:
        answer = function(*arguments)
        status = lib.rancog_last_status()
        if status < 0:
            message = lib.rancog_last_error_message()
        if buffer:
            if status >= 0 and not answer:
                status, message = RANCOG_E_OUT_OF_MEMORY, b"memory is exhausted"
            answer = _take(lib, answer)
    finally:
        thread.unread -= 1
        if thread.orphans and not thread.unread:
            _bury(thread.orphans)
    if status < 0:
        text = message.decode("utf-8", "replace")
        raise of_status(status, text + _FORKED_HINT if status == RANCOG_E_FORKED else text)
    return answer


def _bury(orphans: List[Callable[[], Any]]) -> None:
    while orphans:
        orphans.pop()()


def _take(lib: ctypes.CDLL, buffer: Optional[int]) -> bytes:
    """The bytes of a result buffer, which is released in every case."""
    if not buffer:
        return b""
    try:
        length = int.from_bytes(ctypes.string_at(buffer, _PREFIX_BYTES), "little")
        return ctypes.string_at(buffer + _PREFIX_BYTES, length)
    finally:
        lib.rancog_buffer_free(buffer)


def guarded(call: Callable[..., Any], *arguments: Any) -> Any:
    """Makes a call during which Python code may run; raises what that code raised, else what the call did."""
    guards, guard, replaced = _thread.guards, _Guard(), False
    answer = None
    try:
        guards.append(guard)
        if len(guards) == 1 and threading.current_thread() is threading.main_thread():
            replaced = True
            _replace_signal_handlers()
        answer = call(*arguments)
    except RanCognitionError:
        if guard.error is None:
            raise
    finally:
        if replaced:
            _restore_signal_handlers()
        if guards and guards[-1] is guard:
            guards.pop()
    if guard.error is not None:
        try:
            raise guard.error
        finally:
            guard.error = None  # its traceback holds this frame
    return answer


def run_python(function: Callable[..., _Answer], arguments: Tuple[Any, ...], otherwise: _Answer) -> _Answer:
    """Runs code of the caller in a callback. What it raises is kept for the call; the library gets the other answer then."""
    guard = _thread.guards[-1]
    try:
        guard.in_python = True
        answer = function(*arguments)
        guard.in_python = False
        return answer
    except BaseException as error:  # nothing may leave a callback
        guard.in_python = False
        guard.keep(error)
        return otherwise


def run_handler(function: Callable[[Any], bytes], argument: Any) -> Tuple[bytes, Optional[BaseException]]:
    """Runs a handler of tasks in a callback: its reply, or what it raised. What is no Exception is kept for the call as well."""
    guard = _thread.guards[-1]
    try:
        guard.in_python = True
        answer = function(argument)
        guard.in_python = False
        return answer, None
    except BaseException as error:  # nothing may leave a callback
        guard.in_python = False
        if not isinstance(error, Exception):
            guard.keep(error)
        return b"", error


def is_stopping() -> bool:
    """The call that this thread is in shall end: an exception waits to be raised."""
    guards = _thread.guards
    return bool(guards) and guards[-1].error is not None


def _replace_signal_handlers() -> None:
    try:
        for number in _SIGNALS:
            handler = _get_handler(number)
            if callable(handler):
                _replaced[number] = handler
                _set_handler(number, _on_signal)
    except ValueError:  # not the main interpreter: it gets no signals
        _replaced.clear()


def _restore_signal_handlers() -> None:
    for number in list(_replaced):
        handler = _replaced[number]
        if _get_handler(number) is _on_signal:  # else a callback has set another one, which stays
            _set_handler(number, handler)
    _replaced.clear()


def _on_signal(number: int, frame: Optional[FrameType]) -> None:
    handler = _replaced.get(number)
    if handler is None:
        return
    guards = _thread.guards
    if not guards:
        handler(number, frame)
        return
    guard = guards[-1]
    if guard.in_python:
        guard.in_python = False  # where its exception is caught, the next signal must not raise
        handler(number, frame)
        guard.in_python = True
        return
    try:
        handler(number, frame)
    except BaseException as error:
        guard.keep(error)
