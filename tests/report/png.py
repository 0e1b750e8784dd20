"""Reads PNG screenshots (eight bits a channel, not interlaced) and says how much is drawn where."""

import itertools
import struct
import zlib
from collections import Counter


def decode(data):
    """(width, height, rows); a row is a list of pixels, each an int of its bytes."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            assert depth == 8 and colour in (2, 6) and not interlaced, "a kind of PNG that screenshots do not have"
        elif kind == b"IDAT":
            packed += body
        at += length + 12
    size = 3 if colour == 2 else 4
    raw, stride, rows, above = zlib.decompress(packed), width * size, [], bytes(width * size)
    known = {}  # most rows of a page are like one before them
    for y in range(height):
        line = raw[y * (stride + 1):(y + 1) * (stride + 1)]
        key = line if line[0] < 2 else (line, above)  # the other filters look at the row above
        if key not in known:
            row = _unfiltered(line[0], bytearray(line[1:]), above, size)
            known[key] = bytes(row), _pixels(row, size)
        above, pixels = known[key]
        rows.append(pixels)
    return width, height, rows


def _pixels(row, size):
    """Red, green and blue of each pixel as one int."""
    wide = bytearray(len(row) // size * 4)
    for channel in range(3):
        wide[channel::4] = row[channel::size]
    return memoryview(wide).cast("I").tolist()


def _unfiltered(kind, row, above, size):
    if kind == 1:
        for channel in range(size):
            row[channel::size] = bytes(map((255).__and__, itertools.accumulate(row[channel::size])))
    elif kind == 2:
        # Every second byte at once, as one long number with room for the carry of each: browsers give nothing but such rows.
        mask = int.from_bytes(b"\xff\x00" * (len(row) // 2 + 1), "little")
        a, b = int.from_bytes(row, "little"), int.from_bytes(above, "little")
        total = (a & mask) + (b & mask) & mask | ((a >> 8 & mask) + (b >> 8 & mask) & mask) << 8
        row = (total & (1 << 8 * len(row)) - 1).to_bytes(len(row), "little")
    elif kind == 3:
        for i in range(len(row)):
            row[i] = row[i] + ((row[i - size] if i >= size else 0) + above[i]) // 2 & 255
    elif kind == 4:
        for i in range(len(row)):
            left, corner = (row[i - size], above[i - size]) if i >= size else (0, 0)
            up = above[i]
            row[i] = row[i] + _paeth(left, up, corner) & 255
    return row


def _paeth(left, up, corner):
    """The neighbour that is nearest to left + up - corner."""
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    return left if to_left <= to_up and to_left <= to_corner else up if to_up <= to_corner else corner


def ink(rows):
    """The share of pixels that differ from the most frequent colour."""
    counts = Counter()
    for row in rows:
        counts.update(row)
    return 1 - counts.most_common(1)[0][1] / sum(counts.values())


def strips(rows, count):
    """The image in vertical strips of equal width."""
    width = len(rows[0])
    return [[row[width * i // count:width * (i + 1) // count] for row in rows] for i in range(count)]


def colours(rows):
    return len(set().union(*rows))
