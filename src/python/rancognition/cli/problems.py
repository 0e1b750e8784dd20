"""Problems for the library from KPI data: one for each cell, asked in parts that fit the memory."""

import json
import time

from .errors import DataError
from .words import plural, shown

METRICS_MAX = 1024  # of a problem
_PART_VALUES = 1 << 20  # of one call: 16 MB of text, and as much again for the answers
_PART_CELLS = 256


class Question:
    """What is asked about every cell."""

    def __init__(self, network, limits, objectives, options):
        """limits, objectives: [(expression, metrics)]; a cell is asked those whose metrics it has."""
        self._network, self._limits, self._objectives, self._options = network, limits, objectives, options
        self.include_timeline = False

    def text(self, cell, metrics, deadline_ns):
        """The problem of one cell as JSON text."""
        if len(metrics) > METRICS_MAX:
            raise DataError(f"{cell}: {len(metrics)} KPIs, at most {METRICS_MAX} fit into one analysis; choose some with --value-columns or --metric")
        fields = {
            "id": cell, "network_id": self._network, "problem_type": "TemporalAnalysis", "current_state": {},
            "objectives": [text for text, used in self._objectives if used <= metrics.keys()],
            "constraints": [text for text, used in self._limits if used <= metrics.keys()],
        }
        if self._options.horizon:
            fields["horizon_ns"] = self._options.horizon.in_ns(min((history.step_ns for history, _ in metrics.values() if history.step_ns), default=0))
        if self._options.seed is not None:
            fields["seed"] = self._options.seed
        if deadline_ns is not None:
            fields["deadline_ns"] = deadline_ns
        if self.include_timeline:
            fields["include_timeline"] = True
        histories = ",".join(f"{json.dumps(metric)}:{history.json(values)}" for metric, (history, values) in metrics.items())
        return f'{json.dumps(fields)[:-1]},"history":{{{histories}}}}}'


def unasked(expressions, cells):
    """Yields, for each of these limits or objectives, what it is not asked of."""
    for text, used in expressions:
        without = [cell for cell, metrics in cells.items() if not used <= metrics.keys()]
        if without:
            more = f" and {len(without) - 3} more" if len(without) > 3 else ""
            yield shown(f"{text}: not asked of {plural(len(without), 'cell')} without its metrics: {', '.join(without[:3])}{more}")


def ask(core, question, cells, options, progress):
    """The library's answer about all cells: that of rancog_temporal_parallel_temporal_analysis, of all parts together."""
    parts = list(_parts(cells))
    started, done, answers = time.monotonic_ns(), 0, []
    for part in parts:
        deadline_ns = _time_for(options.deadline, started, len(part), len(cells) - done)
        text = "[" + ",".join(question.text(cell, cells[cell], deadline_ns) for cell in part) + "]"
        with progress.call("analysing", done / len(cells), (done + len(part)) / len(cells)):
            answers.append(core.parallel_temporal_analysis(text, options.threads))
        done += len(part)
    return _together(answers)


def ask_one(core, question, cell, metrics, options, progress):
    """The answer about a single cell, whose progress the library tells."""
    text = question.text(cell, metrics, options.deadline)
    with progress.call("analysing"):
        return core.expand_subjective_time(text)


def _parts(cells):
    part, values = [], 0
    for cell, metrics in cells.items():
        size = sum(len(one) for _, one in metrics.values())
        if part and (values + size > _PART_VALUES or len(part) >= _PART_CELLS):
            yield part
            part, values = [], 0
        part.append(cell)
        values += size
    yield part


def _time_for(deadline_ns, started_ns, cells, cells_left):
    """A part's share of what is left of the time."""
    if deadline_ns is None:
        return None
    left = deadline_ns - (time.monotonic_ns() - started_ns)
    return max(1, left * cells // cells_left)


def _together(answers):
    results = [result for answer in answers for result in answer["results"]]
    known = [result["Ok"]["confidence"] for result in results if "Ok" in result]
    return {
        "results": results, "thread_count": max(answer["thread_count"] for answer in answers), "total_problems": len(results),
        "failed": len(results) - len(known), "confidence": sum(known) / len(known) if known else 0,
        "execution_time": sum(answer["execution_time"] for answer in answers), "performance_metrics": answers[-1]["performance_metrics"],
    }
