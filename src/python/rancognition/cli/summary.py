"""The answer for people: cell by cell, the most urgent first, in lines of at most 100 signs."""

import json
import textwrap

from .sentences import coming, events, objective_text, seasons, verdict_text
from .words import percent, plural, shown

WIDTH = 100
_LABEL = 9
_IMPACTS = {"none": 0, "low": 0, "medium": 1, "high": 2, "critical": 3}
_CHARTS = ("series", "timeline")
_LIKELY = 0.5  # from this probability on a limit is told to break
_POSSIBLE = 0.05
_EVENTS = 8  # of a cell that are told


class Findings:
    """What was found about one cell."""

    def __init__(self, cell, result, data):
        self.cell = shown(cell)
        #: Why there is no answer, or None.
        self.error = result.get("Err")
        self.result = result.get("Ok") or {}
        self.units = data.units
        self.verdicts = self.result.get("verdicts", [])
        #: Bytes of what without_charts took away.
        self.charts_bytes = 0

    @property
    def risk(self):
        """Probability that the limit breaks that breaks most likely; None without a limit that could be judged."""
        return max((1 - verdict["probability"] for verdict in self.verdicts if verdict["probability"] is not None), default=None)

    @property
    def impact(self):
        """The highest impact among the findings, 0..3."""
        return max((_IMPACTS.get(insight["impact"], 0) for insight in self.result.get("insights", [])), default=0)

    @property
    def urgency(self):
        """Sorts by it: failed ones, then by risk, then by impact, then by name."""
        return (self.error is None, -(self.risk or 0), -self.impact, self.cell)

    def state(self, style):
        """In a few words, coloured."""
        if self.error:
            return style.bad("not analysed")
        risk = self.risk
        if risk is not None and risk >= _LIKELY:
            return style.bad("a limit is likely to break")
        if risk is not None and risk >= _POSSIBLE:
            return style.watch("a limit may break")
        if any(verdict["probability"] is None for verdict in self.verdicts):
            return style.watch("a limit could not be judged")
        if self.impact >= 1:
            return style.watch("something happened")
        return style.good("limits hold" if self.verdicts else "calm")

    def without_charts(self):
        """Takes away what only charts need; whether there was any."""
        taken = [self.result.pop(name) for name in _CHARTS if name in self.result]
        self.charts_bytes = len(json.dumps(taken)) if taken else 0
        return bool(taken)


def write_summary(stream, findings, options, style):
    """Writes the summary: all about the first options.top cells, a line about each of the others."""
    for place, one in enumerate(findings[:options.top]):
        stream.write("\n" if place else "")
        _write_cell(stream, one, style)
    rest = findings[options.top:]
    if rest:
        heading = f"{plural(len(rest), 'other cell')}, less urgent" if options.top else plural(len(rest), "cell")
        stream.write(f"\n{style.bold(heading)}\n")
        for one in rest:
            risk = f", {shown(percent(one.risk))}" if one.risk is not None else ""
            stream.write(f"  {_cut(one.cell, 50):50} {one.state(style)}{risk}\n")


def _write_cell(stream, one, style):
    stream.write(f"{style.bold(_cut(one.cell, 60))}  {one.state(style)}\n")
    if one.error:
        _write(stream, "error", [one.error])
        return
    result = one.result
    _write(stream, "limit", [verdict_text(verdict, result, one.units) for verdict in one.verdicts])
    _write(stream, "goal", [objective_text(objective, one.units) for objective in result["objectives"]])
    found = events(result, one.units)
    _write(stream, "found", found[:_EVENTS])
    if len(found) > _EVENTS:
        _write(stream, "", [f"and {len(found) - _EVENTS} more (--json, --report)"])
    _write(stream, "season", seasons(result))
    _write(stream, "next", coming(result, one.units))
    _write(stream, "unused", [f"{item['field']}: {item['reason']}" for item in result["ignored"]])


def _write(stream, label, texts):
    for text in texts:
        lines = textwrap.wrap(text, WIDTH - _LABEL - 2, break_on_hyphens=False) or [""]
        for line in lines:
            stream.write(f"  {label:{_LABEL}}{shown(line)}\n")
            label = ""


def _cut(text, width):
    return text if len(text) <= width else text[:width - 2] + ".."
