"""Time zones of times that name none themselves."""

import re
from datetime import datetime, timedelta

from .errors import UsageError

NS_PER_SECOND = 1_000_000_000
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d?)(?::?(\d\d))?")
_EPOCH = datetime(1970, 1, 1)


def offset_seconds(text):
    """Seconds east of Greenwich of Z, UTC, +02:00, +0200 or +02; None when it is none of these."""
    if text.upper() in ("Z", "UTC", "GMT"):
        return 0
    match = _OFFSET.fullmatch(text)
    if not match or int(match.group(2)) > 23 or int(match.group(3) or 0) > 59:
        return None
    seconds = int(match.group(2)) * 3600 + int(match.group(3) or 0) * 60
    return -seconds if match.group(1) == "-" else seconds


class Zone:
    """Turns local times into UTC. Of an hour that occurs twice, where clocks go back, the caller takes the second by later_by."""

    def __init__(self, name):
        """name: UTC, an offset such as +02:00, or a name of the IANA database such as Europe/Berlin."""
        self.name = name
        #: Local times met that occur twice: UTC ns of the first -> ns to the second.
        self.later_by = {}
        #: Local times met that do not exist, where clocks go forward; they were read with the offset before.
        self.nonexistent = 0
        seconds = offset_seconds(name)
        self._fixed_ns = None if seconds is None else seconds * NS_PER_SECOND
        self._zone = None
        if seconds is None:
            self._zone = _database_zone(name)

    def to_utc(self, local_ns):
        """UTC ns of a local time given as if it were UTC."""
        if self._fixed_ns is not None:
            return local_ns - self._fixed_ns
        local = _EPOCH + timedelta(seconds=local_ns // NS_PER_SECOND)
        first = self._offset_ns(local, 0)
        second = self._offset_ns(local, 1)
        if first > second:
            self.later_by[local_ns - first] = first - second
        elif first < second:
            self.nonexistent += 1
        return local_ns - first

    def _offset_ns(self, local, fold):
        offset = local.replace(tzinfo=self._zone, fold=fold).utcoffset()
        return (offset.days * 86400 + offset.seconds) * NS_PER_SECOND


def _database_zone(name):
    try:
        from zoneinfo import ZoneInfo  # pylint: disable=import-outside-toplevel
        return ZoneInfo(name)
    except (ImportError, ValueError, OSError, KeyError):
        raise UsageError(f"--tz {name}: not a time zone that this system knows; give UTC, an offset such as +02:00, or a name such as Europe/Berlin "
                         "(Debian package tzdata)") from None
