"""What everything behind a handle of the library shares."""

import ctypes
from types import TracebackType
from typing import Any, Callable, Dict, NoReturn, Optional, Type, TypeVar

from ._call import destroy_orphan, guarded, plain, plain_buffer
from ._errors import InvalidHandle
from ._host import AnyHost, Host
from ._library import library
from ._text import text_of

_Self = TypeVar("_Self", bound="Handle")


class Handle:
    """Destroys its handle once: by close(), at the end of a with block, or when it is collected."""

    _destroy = ""  # name of the function that destroys it
    _handle: Optional[int] = None

    def __init__(self, host: Optional[AnyHost] = None) -> None:
        self._lib: ctypes.CDLL = library()
        self._host = host  # its callbacks must live as long as the handle
        self._owner: Optional["Handle"] = None  # a loader that the handle is borrowed from
        self._runs_python = isinstance(host, Host)  # any call may run code of the caller
        self._handle = None

    @classmethod
    def _borrow(cls: Type[_Self], owner: "Handle", handle: int) -> _Self:
        """An object of this class around a handle that belongs to a loader."""
        self = cls.__new__(cls)
        Handle.__init__(self, None)
        self._owner = owner
        self._runs_python = owner._runs_python
        self._handle = handle
        return self

    def close(self) -> None:
        """Destroys what is behind the handle, unless a loader owns it. Safe while another thread uses it; calling it again does nothing."""
        handle, self._handle = self._handle, None
        if handle and self._owner is None:
            destroy = getattr(self._lib, self._destroy)
            if self._runs_python:
                guarded(destroy, handle)
            else:
                destroy(handle)

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._handle is None

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        self.close()

    def __del__(self) -> None:
        handle = self._handle
        if handle and self._owner is None:
            self._handle = None
            lib, name, host = self._lib, self._destroy, self._host

            def destroy(_keep: Any = host) -> None:
                getattr(lib, name)(handle)

            if self._runs_python:
                destroy_orphan(lambda: guarded(destroy))
            else:
                destroy_orphan(destroy)

    def __repr__(self) -> str:
        return f"<rancognition.{type(self).__name__}{' (closed)' if self._handle is None else ''}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} cannot be pickled or copied: it lives in the library of this process. Create one in each "
                        "process, for example in the initializer of a multiprocessing pool")

    def _call(self, name: str, *arguments: Any, long: bool = False) -> Any:
        """Calls a function on the handle. long: it asks the host's progress, so that Ctrl-C can end it."""
        return self._perform(plain, name, arguments, long)

    def _text(self, name: str, *arguments: Any, long: bool = False) -> bytes:
        """The same for a function that gives a result buffer."""
        text: bytes = self._perform(plain_buffer, name, arguments, long)
        return text

    def _perform(self, how: Callable[..., Any], name: str, arguments: Any, long: bool) -> Any:
        lib = self._lib
        function = getattr(lib, name)
        handle = self._handle
        try:
            if long or self._runs_python:
                return guarded(how, lib, function, handle, *arguments)
            return how(lib, function, handle, *arguments)
        except InvalidHandle:
            if self._handle is None:
                raise InvalidHandle(f"this {type(self).__name__} is closed") from None
            raise

    def _create(self, name: str, *arguments: Any) -> int:
        """Calls a function that gives a handle."""
        lib = self._lib
        function = getattr(lib, name)
        if self._runs_python:
            return int(guarded(plain, lib, function, *arguments))
        return int(plain(lib, function, *arguments))


def options_of(options: Dict[str, Any]) -> Optional[bytes]:
    """Options as JSON; None when there are none."""
    return text_of(options) if options else None
