"""The one exception of this package."""

from . import _raw


class RanCognitionError(Exception):
    """A call of the library failed. str() is the library's message: argument, place in it, reason."""

    def __init__(self, status, message):
        super().__init__(message)
        #: Negative code, as rancog_last_status gave it.
        self.status = status

    @property
    def status_name(self):
        """The code as the header spells it: RANCOG_E_INVALID_JSON."""
        return _raw.STATUS_NAMES.get(self.status, str(self.status))
