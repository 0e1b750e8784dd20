"""What the commands share that ask one thing of the library: a document in, an answer out."""

import json
import sys

from .. import render_report
from .json_input import read_document
from .memory_session import note_ignored
from .memory_text import write_lines
from .output import require_writable, write_file
from .session import require_library
from .terminal import Style


def add_answer(parser):
    """How the answer is given."""
    group = add_plain_answer(parser)
    group.add_argument("--report", metavar="FILE.html", help="writes a page, too")


def add_plain_answer(parser):
    """The same where there is no page; gives the group of options."""
    group = parser.add_argument_group("answer")
    group.add_argument("--json", action="store_true", help="the library's answer instead of the summary")
    group.add_argument("--quiet", "-q", action="store_true", help="say nothing about what was not used")
    group.add_argument("--no-progress", action="store_true", help="no progress bar")
    return group


def require_answerable(options):
    """What would fail in the end fails now."""
    require_library()
    if options.report:
        require_writable(options.report, "--report")


def prepare(options):
    """The document; what would fail in the end fails now."""
    require_answerable(options)
    return read_document(options)


def tell(text, options, lines_of):
    """Writes the page and the answer; gives the answer."""
    if options.report:
        write_file(options.report, render_report(text), "--report")
    answer = say(text, options, lines_of)
    if options.report and not options.json:
        print(f"\nthe page: {options.report}")
    return answer


def say(text, options, lines_of):
    """Writes the answer, as JSON or by lines_of(answer, style); gives it."""
    answer = json.loads(text)
    if not options.quiet:
        note_ignored(answer.get("ignored", ()))
    if options.json:
        sys.stdout.write(text.decode("utf-8") + "\n")
    else:
        write_lines(sys.stdout, lines_of(answer, Style.of(sys.stdout)))
    return answer
