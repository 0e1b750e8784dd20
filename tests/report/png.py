"""Reads PNG screenshots (eight bits a channel, not interlaced) and says how much is drawn where."""

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
    for y in range(height):
        start = y * (stride + 1)
        above = _unfiltered(raw[start], bytearray(raw[start + 1:start + 1 + stride]), above, size)
        rows.append([int.from_bytes(above[i:i + 3], "big") for i in range(0, stride, size)])
    return width, height, rows


def _unfiltered(kind, row, above, size):
    if kind == 1:
        for i in range(size, len(row)):
            row[i] = row[i] + row[i - size] & 255
    elif kind == 2:
        row = bytearray(a + b & 255 for a, b in zip(row, above))
    elif kind == 3:
        for i in range(len(row)):
            row[i] = row[i] + ((row[i - size] if i >= size else 0) + above[i]) // 2 & 255
    elif kind == 4:
        for i in range(len(row)):
            left, corner = (row[i - size], above[i - size]) if i >= size else (0, 0)
            up = above[i]
            guess = left + up - corner
            row[i] = row[i] + min((left, up, corner), key=lambda value: abs(guess - value)) & 255
    return row


def ink(rows):
    """The share of pixels that differ from the most frequent colour."""
    counts = Counter(pixel for row in rows for pixel in row)
    return 1 - counts.most_common(1)[0][1] / sum(counts.values())


def strips(rows, count):
    """The image in vertical strips of equal width."""
    width = len(rows[0])
    return [[row[width * i // count:width * (i + 1) // count] for row in rows] for i in range(count)]


def colours(rows):
    return len({pixel for row in rows for pixel in row})
