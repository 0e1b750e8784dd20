"""Labelled lines and tables for people."""

from .words import shown

_LABEL = 10
_INDENT = "  "


def labelled(label, lines):
    """Lines under a label, which stands before the first of them."""
    for line in lines:
        yield f"{_INDENT}{label:{_LABEL}}{shown(line)}".rstrip()
        label = ""


def table(rows):
    """Rows of texts as lines, each column as wide as its widest text."""
    rows = [[shown(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths)).rstrip() for row in rows]
