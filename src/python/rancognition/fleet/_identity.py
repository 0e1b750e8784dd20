"""What a worker computes with: results are the same only where this is."""

import functools
import os
import socket
from dataclasses import dataclass

from .. import _info, _raw
from ._errors import FleetError


@dataclass(frozen=True)
class Identity:
    """Versions and level of one worker process."""

    package: str  # version of rancognition for Python
    library: str  # version of librancognition
    abi: int
    cpu_level: str

    def differs_from(self, other, mixed_levels):
        """Names of what differs, so that results may: empty when nothing does."""
        names = ("package", "library", "abi") if mixed_levels else ("package", "library", "abi", "cpu_level")
        return [name for name in names if getattr(self, name) != getattr(other, name)]


def identity():
    """The identity of this process. Raises FleetError, naming host and process, when the library cannot be used here; that is not kept."""
    return _identity_of(os.getpid())  # a fork has to ask for itself


@functools.lru_cache(maxsize=1)
def _identity_of(process):
    try:
        info = _info.runtime_info()
        return Identity(_raw.VERSION, info["version"], info["abi_version"], info["cpu_level"])
    except Exception as error:
        raise FleetError(f"librancognition cannot be used on host {socket.gethostname()}, process {process}: {error}") from None


def require_alike(identities, mixed_levels):
    """The identity that all workers share; raises FleetError that names the workers when they do not, or when one has none.

    identities: by worker address, an Identity or the exception that its worker raised. One that has just gone says nothing of itself.
    """
    identities = {address: answer for address, answer in identities.items() if not isinstance(answer, OSError)}
    broken = {address: answer for address, answer in identities.items() if not isinstance(answer, Identity)}
    if broken:
        raise FleetError("; ".join(f"worker {address}: {_reason(answer)}" for address, answer in broken.items()))
    expected = next(iter(identities.values()), None)
    for address, found in identities.items():
        require_same(expected, found, address, mixed_levels, next(iter(identities)))
    if expected is not None and expected.package != _raw.VERSION:
        raise FleetError(f"worker {next(iter(identities))} has the package rancognition {expected.package}, this process {_raw.VERSION}")
    return expected


def require_same(expected, found, address, mixed_levels, other):
    """Raises FleetError when a worker differs from the others."""
    for name in found.differs_from(expected, mixed_levels):
        hint = ""
        if name == "cpu_level":
            hint = (": their results agree to about 1e-12 only; name the library of one level on all of them in RANCOGNITION_LIBRARY, "
                    "or accept that with mixed_levels=True")
        raise FleetError(f"worker {address} has {name} {getattr(found, name)}, {other} has {getattr(expected, name)}{hint}")


def _reason(answer):
    if "No module named 'rancognition" in str(answer):  # Dask may give it inside another exception
        return "the Python package rancognition, or this version of it, is not installed there"
    return str(answer) or type(answer).__name__
