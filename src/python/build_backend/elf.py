"""What an ELF image needs of the system that loads it: its machine, its libraries, the versions of their symbols."""

import struct
from typing import Dict, Iterator, List, NamedTuple, Tuple

_MACHINES = {62: "x86_64", 183: "aarch64"}
_SECTION_DYNAMIC, _SECTION_VERNEED = 6, 0x6FFFFFFE
_TAG_NEEDED = 1


class NotElf(Exception):
    """The bytes are no 64-bit little-endian ELF image for a known machine."""


class Needs(NamedTuple):
    """The needs of one image."""

    machine: str  #: as platform tags spell it
    libraries: List[str]
    versions: Dict[str, List[str]]  #: per library the symbol versions that are needed


class _Section(NamedTuple):
    kind: int
    offset: int
    size: int
    link: int


def read(image: bytes) -> Needs:
    """Reads the needs of an image."""
    try:
        return _read(image)
    except (struct.error, IndexError, ValueError) as error:
        raise NotElf(f"broken ELF image: {error}") from None


def _read(image: bytes) -> Needs:
    if image[:6] != b"\x7fELF\x02\x01":
        raise NotElf("no 64-bit little-endian ELF image")
    number = struct.unpack_from("<H", image, 18)[0]
    if number not in _MACHINES:
        raise NotElf(f"ELF image for an unknown machine ({number})")
    sections = _sections(image)
    libraries: List[str] = []
    versions: Dict[str, List[str]] = {}
    for section in sections:
        if section.kind == _SECTION_DYNAMIC:
            names = sections[section.link]
            libraries += [_text(image, names.offset + value) for tag, value in _pairs(image, section) if tag == _TAG_NEEDED]
        elif section.kind == _SECTION_VERNEED:
            versions.update(_versions(image, section.offset, sections[section.link].offset))
    return Needs(_MACHINES[number], libraries, versions)


def _sections(image: bytes) -> List[_Section]:
    table = struct.unpack_from("<Q", image, 40)[0]
    size, count = struct.unpack_from("<HH", image, 58)
    found = []
    for index in range(count):
        _, kind, _, _, offset, length, link = struct.unpack_from("<IIQQQQI", image, table + index * size)
        found.append(_Section(kind, offset, length, link))
    return found


def _pairs(image: bytes, section: _Section) -> Iterator[Tuple[int, int]]:
    for place in range(section.offset, section.offset + section.size, 16):
        tag, value = struct.unpack_from("<qQ", image, place)
        yield tag, value


def _versions(image: bytes, place: int, names: int) -> Dict[str, List[str]]:
    found: Dict[str, List[str]] = {}
    while True:
        _, count, file, first, step = struct.unpack_from("<HHIII", image, place)
        entry, wanted = place + first, []
        for _ in range(count):
            _, _, _, name, following = struct.unpack_from("<IHHII", image, entry)
            wanted.append(_text(image, names + name))
            entry += following
        found[_text(image, names + file)] = wanted
        if step == 0:
            return found
        place += step


def _text(image: bytes, place: int) -> str:
    return image[place:image.index(b"\0", place)].decode("ascii")
