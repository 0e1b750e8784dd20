"""What everything behind a handle of the library shares."""


class Handle:
    """Destroys its handle once: by close(), at the end of a with block, or when it is collected."""

    _destroy = ""  # name of the function that destroys it

    def __init__(self, lib, host):
        self._handle = None
        self._lib = lib
        self._host = host  # its callbacks must live as long as the handle

    def close(self):
        """Destroys what is behind the handle. Safe while another thread uses it; calling it again does nothing."""
        handle, self._handle = self._handle, None
        if handle:
            getattr(self._lib, self._destroy)(handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_handle", None):
            self.close()
