"""Colour, where a person looks and wants it."""

import os


class Style:
    """Texts with or without the terminal's signs for colour."""

    def __init__(self, is_coloured):
        self._is_coloured = is_coloured

    @classmethod
    def of(cls, stream):
        """Colour on a terminal only, and not where NO_COLOR is set or the terminal is dumb."""
        return cls(stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")

    def bold(self, text):
        """For headings."""
        return self._with("1", text)

    def bad(self, text):
        """For what needs attention at once."""
        return self._with("1;31", text)

    def watch(self, text):
        """For what is worth a look."""
        return self._with("33", text)

    def good(self, text):
        """For what is all right."""
        return self._with("32", text)

    def _with(self, code, text):
        return f"\033[{code}m{text}\033[0m" if self._is_coloured else text
