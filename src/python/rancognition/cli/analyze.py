"""analyze: seasons, faults, what comes, and whether limits hold, cell by cell."""

import json
import os
import sys

from .. import render_report
from .errors import EXIT_LIBRARY, EXIT_LIMIT, EXIT_OK
from .limits import Expressions
from .options import add_input, add_run, count, length, open_share, time_length
from .output import require_writable, write_file
from .problems import Question, ask, ask_one, unasked
from .session import kpi_session
from .summary import Findings, write_summary
from .terminal import Style
from .zones import offset_seconds

NAME = "analyze"
HELP = "seasons, faults with their dates, forecasts, and the odds of limits, of every cell in a CSV file"
EPILOG = """examples:
  python -m rancognition analyze kpi.csv
  python -m rancognition analyze kpi.csv --horizon 48h --limit 'RRU.PrbTotDl <= 80' --report out.html
  python -m rancognition analyze kpi.csv --limit 'always[0,300s](DRB.UEThpDl >= 5)' --objective 'maximize DRB.UEThpDl'
  zcat export.csv.gz | python -m rancognition analyze - --cell 'site7/*' --json > result.json

A limit is an expression of the library: a metric, a comparison and a number; always[..], eventually[..], and, or, not around it.
Standard output has the summary or the JSON; what was read, and what was not and why, is told on standard error.
"""
_REPORT_BYTES = 56 << 20  # the library renders results of up to 64 MiB


def add_arguments(parser):
    """The options of this command."""
    add_input(parser)
    group = parser.add_argument_group("question")
    group.add_argument("--horizon", type=length, metavar="LENGTH", help="how far to look ahead: 48h, 7d, 90m, 30s, or a number of steps (24)")
    group.add_argument("--limit", action="append", default=[], metavar="EXPRESSION", help="such as 'RRU.PrbTotDl <= 80'; may be repeated")
    group.add_argument("--objective", action="append", default=[], metavar="EXPRESSION", help="such as 'minimize RRU.PrbTotDl'; may be repeated")
    group.add_argument("--alert-at", type=open_share, default=0.5, metavar="SHARE", help="exit with 1 when a limit breaks with at least this probability (0.5)")
    group = parser.add_argument_group("answer")
    group.add_argument("--json", action="store_true", help="the library's result instead of the summary")
    group.add_argument("--timeline", action="store_true", help="with --json: histories, forecasts and quantiles of every step as well")
    group.add_argument("--report", metavar="FILE.html", help="writes a page with charts, too")
    group.add_argument("--top", type=count(0, 10**9), default=20, metavar="N", help="cells that the summary tells all about; of the others it has a line (20)")
    add_run(parser)
    parser.add_argument("--futures", type=count(1, 1_000_000), default=200, metavar="N", help="futures to simulate (200)")
    parser.add_argument("--seed", type=count(0, 2**64 - 1), metavar="N", help="of the random numbers; the same seed gives the same answer")
    parser.add_argument("--threads", type=count(0, 256), default=0, metavar="N", help="0 = one for each processor (0)")
    parser.add_argument("--deadline", type=time_length, metavar="LENGTH", help="time the analysis may take in all; it does what fits")


def run(options):
    """Reads, asks, tells; the exit code."""
    if options.report:
        require_writable(options.report, "--report")
    with kpi_session(options, options.futures) as (progress, core, data):
        with progress.call("checking the limits"):
            expressions = Expressions(core, data.metrics, data.spellings)
            limits, objectives = expressions.limits(options.limit), expressions.objectives(options.objective)
        question = Question(_network(options), limits, objectives, options)
        for line in unasked(limits + objectives, data.cells) if not options.quiet else ():
            print(f"note: {line}", file=sys.stderr)
        question.include_timeline = bool(options.report or options.json and options.timeline)
        if len(data.cells) == 1:
            (cell, metrics), = data.cells.items()
            answer = ask_one(core, question, cell, metrics, options, progress)
            results = [{"Ok": answer}]
        else:
            answer = ask(core, question, data.cells, options, progress)
            results = answer["results"]
    findings = [Findings(cell, result, data) for cell, result in zip(data.cells, results)]
    findings.sort(key=lambda one: one.urgency)
    if options.report:
        _write_report(answer, findings, options)
    _tell(answer, findings, options)
    return _exit_code(findings, options)


def _tell(answer, findings, options):
    if options.json:
        if not options.timeline:
            for one in findings:
                one.without_charts()
        json.dump(answer, sys.stdout, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        print()
        return
    if options.tz and offset_seconds(options.tz) != 0:  # who gave local times would take these for such
        print("times below are UTC\n")
    write_summary(sys.stdout, findings, options, Style.of(sys.stdout))
    if options.report:
        print(f"\ncharts and all findings: {options.report}")


def _write_report(answer, findings, options):
    """The page; when the result is larger than one can be, the least urgent cells go without charts, and that is said."""
    size, plain = 0, 0
    for one in findings:
        size += len(json.dumps(one.result))
        if size > _REPORT_BYTES and one.without_charts():
            size -= one.charts_bytes
            plain += 1
    if plain and not options.quiet:
        print(f"note: the report has room for charts of {len(findings) - plain} cells; {plain} less urgent ones are without", file=sys.stderr)
    write_file(options.report, render_report(answer), "--report")


def _exit_code(findings, options):
    if any(one.error for one in findings):
        return EXIT_LIBRARY
    for one in findings:
        for verdict in one.verdicts:
            if verdict["probability"] is None or 1 - verdict["probability"] >= options.alert_at:
                return EXIT_LIMIT
    return EXIT_OK


def _network(options):
    return "stdin" if options.input == "-" else os.path.basename(options.input)
