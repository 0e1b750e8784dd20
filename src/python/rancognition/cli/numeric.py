"""Numbers as people and exports write them: decimal commas, thousands, per cent signs, words for missing."""

import math
import re

MISSING = frozenset(("", "-", "--", "---", "?", ".", "na", "n/a", "#n/a", "n.a.", "nan", "-nan", "null", "(null)", "none", "nil", "missing", "\\n", "#null!"))

_NOT_A_NUMBER = None
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ '\u00a0\u202f\u2019]\d{3})+(?:[.,]\d*)?")
_SPACES = re.compile(r"[ '\u00a0\u202f\u2019]")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_ONE_COMMA = re.compile(r"[+-]?\d*,\d*(?:[eE][+-]?\d+)?")
_GROUPS_OF_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?")
_GROUPS_OF_DOT = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?")


class Numbers:
    """Reads numbers of one file.

    What can be read in one way only is read so: 12,5 has a decimal comma, 1,234.5 and 1,234,567 have thousands. 1,234 and 1.234
    could be either; the file's other numbers decide, else the delimiter: with a semicolon the comma is taken for a decimal one, and a dot always.
    """

    def __init__(self, comma_is_decimal=False, dot_is_thousands=False, doubtful=None, is_decided=True):
        #: How "1,234" is read: 1.234, or 1234.
        self.comma_is_decimal = comma_is_decimal
        #: How "1.234" is read: 1234, or 1.234.
        self.dot_is_thousands = dot_is_thousands
        #: Such a text when there were some and nothing in the file decided; None when there is no doubt.
        self.doubtful = doubtful
        self._is_decided = is_decided

    @classmethod
    def of(cls, texts, delimiter):
        """Judged by a sample of the file's fields."""
        comma = dot = False
        with_comma = with_dot = None  # texts that may be either
        for text in texts:
            text = text.strip().rstrip("%").rstrip()
            if _ONE_COMMA.fullmatch(text) or _GROUPS_OF_DOT.fullmatch(text) and "," in text:
                if _GROUPS_OF_COMMA.fullmatch(text):
                    with_comma = with_comma or text
                else:
                    comma = comma or len(text) > 1
            elif "." in text and (_PLAIN.fullmatch(text) or _GROUPS_OF_COMMA.fullmatch(text)):
                if _GROUPS_OF_DOT.fullmatch(text):
                    with_dot = with_dot or text
                else:
                    dot = True
        if comma != dot:
            return cls(comma_is_decimal=comma, dot_is_thousands=comma)
        # Where commas separate the fields, a dot that groups thousands would be strange.
        return cls(comma_is_decimal=delimiter == ";", doubtful=with_comma or (None if dot or delimiter == "," else with_dot), is_decided=False)

    @classmethod
    def with_decimal(cls, sign):
        """The decimal sign is known: "," or "."."""
        return cls(comma_is_decimal=sign == ",", dot_is_thousands=sign == ",")

    def read(self, text):
        """The number; NaN when it is missing; None when the text is no finite number."""
        text = text.strip()
        if text.lower() in MISSING:
            return math.nan
        text = text.replace("\u2212", "-")
        if text.endswith("%"):
            text = text[:-1].rstrip()
        if _SPACED.fullmatch(text):
            text = _SPACES.sub("", text)
        plain = self._with_decimal_point(text)
        if plain is _NOT_A_NUMBER or not _PLAIN.fullmatch(plain):
            return _NOT_A_NUMBER
        value = float(plain)
        return value if math.isfinite(value) else _NOT_A_NUMBER

    def _with_decimal_point(self, text):
        if "," not in text:
            grouped = _GROUPS_OF_DOT.fullmatch(text)
            return text.replace(".", "") if grouped and (self.dot_is_thousands or text.count(".") > 1) else text
        if _GROUPS_OF_COMMA.fullmatch(text):
            unclear = text.count(",") == 1 and "." not in text
            if unclear and not self._is_decided:
                self.doubtful = self.doubtful or text  # also one beyond the sample
            return text.replace(",", ".") if unclear and self.comma_is_decimal else text.replace(",", "")
        if _ONE_COMMA.fullmatch(text):
            return text.replace(",", ".")
        return text.replace(".", "").replace(",", ".") if _GROUPS_OF_DOT.fullmatch(text) else _NOT_A_NUMBER
