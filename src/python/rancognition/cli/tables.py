"""Labelled lines and tables for people."""

import textwrap

from .words import shown

_WIDTH = 100
_LABEL = 10
_INDENT = "  "


def labelled(label, lines):
    """Lines under a label, which stands before the first of them."""
    for line in lines:
        yield f"{_INDENT}{label:{_LABEL}}{shown(line)}".rstrip()
        label = ""


def sentences(label, texts):
    """The same for texts that are broken where they are too long."""
    return labelled(label, [line for text in texts for line in textwrap.wrap(text, _WIDTH - _LABEL - len(_INDENT), break_on_hyphens=False)])


def table(rows):
    """Rows of texts as lines, each column as wide as its widest text."""
    rows = [[shown(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths)).rstrip() for row in rows]
