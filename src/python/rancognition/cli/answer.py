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
    group = parser.add_argument_group("answer")
    group.add_argument("--json", action="store_true", help="the library's answer instead of the summary")
    group.add_argument("--report", metavar="FILE.html", help="writes a page, too")
    group.add_argument("--quiet", "-q", action="store_true", help="say nothing about what was not used")
    group.add_argument("--no-progress", action="store_true", help="no progress bar")


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
    """Writes the page and the answer, as JSON or by lines_of(answer, style); gives the answer."""
    answer = json.loads(text)
    if options.report:
        write_file(options.report, render_report(text), "--report")
    if not options.quiet:
        note_ignored(answer["ignored"])
    if options.json:
        sys.stdout.write(text.decode("utf-8") + "\n")
        return answer
    write_lines(sys.stdout, lines_of(answer, Style.of(sys.stdout)))
    if options.report:
        print(f"\nthe page: {options.report}")
    return answer
