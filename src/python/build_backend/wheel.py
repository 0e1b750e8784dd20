"""Writes a wheel: the package, the images of the library, and the metadata; the same bytes each time."""

import base64
import hashlib
import os
import pathlib
import re
import time
import zipfile
from typing import Dict, List, Optional, Tuple

from . import elf
from .platform_tag import platform_tag

_SOURCES = pathlib.Path(__file__).resolve().parent.parent
_ROOT = _SOURCES.parent.parent
_LIBRARY = "librancognition.so"
_SQLITE = "librancognition-sqlite3.so"
_EPOCH_OF_ZIP = 315532800  # 1980: a zip file can tell no earlier time

Files = Dict[str, bytes]


class BuildError(Exception):
    """Something that the wheel is made of is missing or wrong."""


def write_wheel(folder: pathlib.Path, library: Optional[str] = None) -> str:
    """Writes the wheel with the images of build/lib, or of the folder named; gives its name."""
    images = _images(pathlib.Path(library) if library else _ROOT / "build" / "lib")
    files = _package()
    files.update({f"rancognition/{place}": image for place, image in images.items()})
    try:
        tag = platform_tag([elf.read(image) for image in images.values()])
    except (elf.NotElf, ValueError) as error:
        raise BuildError(f"{_LIBRARY}: {error}") from None
    return _write(folder, files, f"py3-none-{tag}", pure=False)


def write_editable(folder: pathlib.Path) -> str:
    """Writes a wheel that only points at this source tree (pip install --editable); the library is the one in build/lib."""
    return _write(folder, {"rancognition.pth": f"{_SOURCES}\n".encode()}, "py3-none-any", pure=True)


def version() -> str:
    """The version, from the one place where it is written."""
    found = re.search(r"<RanVersion>(.*?)</RanVersion>", (_ROOT / "Directory.Build.props").read_text(encoding="utf-8"))
    if not found:
        raise BuildError("Directory.Build.props has no RanVersion")
    return found.group(1)


def _package() -> Files:
    package = _SOURCES / "rancognition"
    return {
        path.relative_to(_SOURCES).as_posix(): path.read_bytes()
        for path in package.rglob("*")
        if path.is_file() and path.suffix in (".py", ".typed", ".pyi") and "__pycache__" not in path.parts
    }


def _images(folder: pathlib.Path) -> Files:
    """The image for all machines and those for newer processors, each once, under the name by which the package looks for it; SQLite plainly beside."""
    if not (folder / _LIBRARY).is_file():
        raise BuildError(f"there is no {_LIBRARY} in {folder}: run ./build.sh build first")
    found = {_LIBRARY: (folder / _LIBRARY).read_bytes()}
    for image in sorted(folder.glob(f"glibc-hwcaps/*/{_LIBRARY}")):
        found[image.relative_to(folder).as_posix()] = image.read_bytes()
    sqlite = next((path for path in (folder / "rancognition" / _SQLITE, folder / _SQLITE) if path.is_file()), None)
    if sqlite is None:
        raise BuildError(f"there is no {_SQLITE} in {folder}: run ./build.sh build first")
    found[_SQLITE] = sqlite.read_bytes()
    return found


def _licences() -> Files:
    notices = _SOURCES / "THIRD-PARTY-NOTICES.txt"
    return {"LICENSE": (_ROOT / "LICENSE").read_bytes(), notices.name: notices.read_bytes()}


def _metadata(licences: Files) -> str:
    """Core metadata; name, texts and extras are those of pyproject.toml."""
    project = _project()
    lines = [
        "Metadata-Version: 2.4",
        "Name: rancognition",
        f"Version: {version()}",
        f"Summary: {project['description']}",
        f"License-Expression: {project['license']}",
        *(f"License-File: {name}" for name in licences),
        "Classifier: Operating System :: POSIX :: Linux",
        "Classifier: Programming Language :: Python :: 3",
        "Classifier: Typing :: Typed",
        f"Requires-Python: {project['requires-python']}",
        *(line for name, needed in _extras() for line in (f"Provides-Extra: {name}", f'Requires-Dist: {needed}; extra == "{name}"')),
        "Description-Content-Type: text/markdown",
    ]
    return "\n".join(lines) + "\n\n" + (_ROOT / "README.md").read_text(encoding="utf-8")


# pyproject.toml in the few forms that it uses: the standard library reads TOML from Python 3.11 on only.
def _project() -> Dict[str, str]:
    return dict(re.findall(r'^([a-z-]+) = "(.*)"$', _table("project"), re.MULTILINE))


def _extras() -> List[Tuple[str, str]]:
    return re.findall(r'^([a-z-]+) = \["([^"]*)"\]$', _table("project.optional-dependencies"), re.MULTILINE)


def _scripts() -> List[Tuple[str, str]]:
    return re.findall(r'^([a-z-]+) = "(.*)"$', _table("project.scripts"), re.MULTILINE)


def _table(name: str) -> str:
    text = (_SOURCES / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(rf"^\[{re.escape(name)}\]\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise BuildError(f"pyproject.toml has no table {name}")
    return found.group(1)


def _write(folder: pathlib.Path, files: Files, tag: str, pure: bool) -> str:
    stem = f"rancognition-{version()}"
    info = f"{stem}.dist-info"
    licences = _licences()
    files = dict(files)
    files.update({f"{info}/licenses/{name}": text for name, text in licences.items()})
    files[f"{info}/METADATA"] = _metadata(licences).encode("utf-8")
    files[f"{info}/WHEEL"] = (f"Wheel-Version: 1.0\nGenerator: rancognition {version()}\nRoot-Is-Purelib: {str(pure).lower()}\nTag: {tag}\n").encode()
    files[f"{info}/entry_points.txt"] = ("[console_scripts]\n" + "".join(f"{name} = {target}\n" for name, target in _scripts())).encode()
    names = sorted(files, key=lambda name: (".dist-info/" in name, name))  # the metadata last, as PEP 427 wishes
    record = "".join(f"{name},sha256={_digest(files[name])},{len(files[name])}\n" for name in names) + f"{info}/RECORD,,\n"
    name = f"{stem}-{tag}.whl"
    partial = folder / (name + ".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for entry in names:
            wheel.writestr(_entry(entry), files[entry])
        wheel.writestr(_entry(f"{info}/RECORD"), record.encode())
    os.replace(partial, folder / name)
    return name


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def _entry(name: str) -> zipfile.ZipInfo:
    """A member whose time, owner and rights do not depend on who builds, when and where."""
    moment = max(int(os.environ.get("SOURCE_DATE_EPOCH", _EPOCH_OF_ZIP)), _EPOCH_OF_ZIP)
    entry = zipfile.ZipInfo(name, time.gmtime(moment)[:6])
    entry.create_system = 3
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100755 if name.endswith(".so") else 0o100644) << 16
    return entry
