"""What everything behind a handle of the library shares."""


class Handle:
    """Destroys its handle once: by close(), at the end of a with block, or when it is collected."""

    _destroy = ""  # name of the function that destroys it

    def __init__(self, lib, host):
        self._handle = None
        self._lib = lib
        self._host = host  # its callbacks must live as long as the handle
        self._owner = None  # a loader that the handle is borrowed from

    @classmethod
    def _borrow(cls, owner, handle):
        """An object of this class around a handle that belongs to a loader."""
        self = cls.__new__(cls)
        Handle.__init__(self, owner._lib, None)
        self._owner = owner
        self._handle = handle
        return self

    def close(self):
        """Destroys what is behind the handle, unless a loader owns it. Safe while another thread uses it; calling it again does nothing."""
        handle, self._handle = self._handle, None
        if handle and self._owner is None:
            getattr(self._lib, self._destroy)(handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_handle", None):
            self.close()
