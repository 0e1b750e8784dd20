"""Numbers of the caller within the range of their C type: ctypes itself would cut them off without a word."""

import operator
from typing import Any

from ._errors import InvalidArgument

U8_MAX = 2**8 - 1
U32_MAX = 2**32 - 1
U64_MAX = 2**64 - 1


def whole(value: Any, argument: str, most: int = U64_MAX) -> int:
    """A whole number from 0 to most."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{argument}: must be a whole number, not {type(value).__name__}") from None
    if not 0 <= number <= most:
        raise InvalidArgument(f"{argument}: {number}, must be 0..{most}")
    return number


def real(value: Any, argument: str) -> float:
    """A number."""
    if isinstance(value, (str, bytes)):
        raise TypeError(f"{argument}: must be a number, not {type(value).__name__}")
    try:
        return float(value)
    except TypeError:
        raise TypeError(f"{argument}: must be a number, not {type(value).__name__}") from None
