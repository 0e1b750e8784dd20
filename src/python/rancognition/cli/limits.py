"""Limits and objectives of the command line, checked against the metrics that are there."""

import re

from .errors import UsageError
from .near import near_names

_BARE = re.compile(r"[^\W\d][\w.:]*(?:[=/,-](?=\w)[\w.:]*|\[[^\[\]]*\][\w.:]*)*")
_UNKNOWN = re.compile(r"metric '(.*)' is unknown")
_KEYWORDS = frozenset(("g", "f", "u", "always", "globally", "eventually", "finally", "until", "during", "and", "or", "not", "implies"))
_STEP_NS = 60_000_000_000
_PROBE = [1, 2, 3, 4]  # a history that futures can be drawn from


class Expressions:
    """Writes users' expressions with the metrics' names as the library wants them, and knows which metrics each one uses."""

    def __init__(self, core, metrics, spellings):
        """core: a Temporal that judges the texts. spellings: {header: metric}, other ways to write a metric."""
        self._core, self._metrics = core, list(metrics)
        self._names = {**spellings, **{metric: metric for metric in metrics}}
        longest_first = sorted(self._names, key=len, reverse=True)
        alternatives = "|".join(re.escape(name) for name in longest_first if name)
        # A name of the data is not a part of a longer one, and text in quotes is one name.
        self._pattern = re.compile(rf'"(?:[^"\\]|\\.)*"|(?<![\w.:=/\-])(?:{alternatives})(?![\w:=\[]|[./,-]\w)')

    def limits(self, texts):
        """[(expression, metrics it uses)] of --limit. Raises UsageError for what the library does not understand."""
        return [self._checked("--limit", text, "constraints") for text in texts]

    def objectives(self, texts):
        """As limits, of --objective."""
        return [self._checked("--objective", text, "objectives") for text in texts]

    def _checked(self, option, text, field):
        used = []

        def spelled(match):
            written = match.group()
            name = written[1:-1].replace('\\"', '"').replace("\\\\", "\\") if written.startswith('"') else written
            metric = self._names.get(name)
            if metric is None:
                return written
            used.append(metric)
            return _quoted(metric)

        expression = self._pattern.sub(spelled, text)
        fault = self._fault(expression, field)
        if fault:
            unknown = _UNKNOWN.search(fault)
            if unknown:
                fault = f"there is no metric {unknown.group(1)}; {near_names(unknown.group(1), self._metrics)}"
            raise UsageError(f"{option} {text!r}: {fault}")
        return expression, set(used)

    def _fault(self, expression, field):
        """The library's own word: the expression is tried on short histories of all metrics."""
        history = {metric: {"start_ns": 0, "step_ns": _STEP_NS, "values": _PROBE} for metric in self._metrics[:1024]}
        answer = self._core.expand_subjective_time({
            "id": "check", "network_id": "check", "problem_type": "check", "current_state": {}, "objectives": [], "constraints": [], field: [expression],
            "horizon_ns": _STEP_NS, "history": history})
        refused = next((one["reason"] for one in answer["ignored"] if one["field"].startswith(f"/{field}/")), None)
        reasons = [one.get("reason") or "" for one in answer["verdicts"] + answer["objectives"]]
        return refused or next((reason for reason in reasons if _UNKNOWN.search(reason)), None)


def _quoted(metric):
    if _BARE.fullmatch(metric) and metric.lower() not in _KEYWORDS:
        return metric
    escaped = metric.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
