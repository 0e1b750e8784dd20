"""Builds the wheel of rancognition, with the library inside. Standard library only.

pip calls the functions of PEP 517 and PEP 660 here; `python3 -m build_backend DIR`, from the folder above, does the same by hand.
"""

import pathlib
from typing import Any, Dict, List, Optional

from .wheel import write_editable, write_wheel

Settings = Optional[Dict[str, Any]]


def get_requires_for_build_wheel(config_settings: Settings = None) -> List[str]:
    return []


def get_requires_for_build_editable(config_settings: Settings = None) -> List[str]:
    return []


def build_wheel(wheel_directory: str, config_settings: Settings = None, metadata_directory: Optional[str] = None) -> str:
    return write_wheel(pathlib.Path(wheel_directory), (config_settings or {}).get("library"))


def build_editable(wheel_directory: str, config_settings: Settings = None, metadata_directory: Optional[str] = None) -> str:
    return write_editable(pathlib.Path(wheel_directory))


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    raise NotImplementedError("rancognition has no source distribution: its library is compiled by ./build.sh build, the wheel holds it")
