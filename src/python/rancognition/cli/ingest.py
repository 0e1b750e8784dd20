"""ingest: measurements into the history that decisions use."""

import sys

from .answer import add_plain_answer, say
from .cognition_session import add_path, cognition_session, fault_of
from .cognition_text import ingest_lines
from .errors import EXIT_DATA, EXIT_LIMIT, EXIT_OK, DataError
from .message_input import read_message
from .options import count
from .session import require_library

NAME = "ingest"
HELP = "measurements (VES perf3gpp, TS 32.435 and TS 28.532 XML, E2SM-KPM as JSON, rows) into the history of a --path file"
EPILOG = """examples:
  python -m rancognition ingest A20240501.*.xml.gz --path network.db
  python -m rancognition ingest event.json                 tells what would be taken, and keeps nothing
  curl .. | python -m rancognition ingest - --path network.db --json

The format is found out by itself. The numbers belong to the network that the message names; those of rows and of E2SM-KPM to none, so that a problem
without network_id finds them. Each file is taken whole or not at all; one that is refused does not stop the others. What is not taken, such as suspect
or empty values, is told with the reason.
Exit code 1 means: nothing was taken. Exit code 3: a file was refused.
"""

_MESSAGE_BYTES_MAX = 67_108_864


def add_arguments(parser):
    """The options of this command."""
    parser.add_argument("inputs", nargs="+", metavar="FILE", help="file with one message, also gzip; - for standard input")
    add_path(parser)
    parser.add_argument("--record", metavar="FILE.jsonl", help="appends these calls to a record, for replay")
    parser.add_argument("--max-bytes", type=count(1, 2**31 - 1), default=_MESSAGE_BYTES_MAX, metavar="N", help=f"the largest message ({_MESSAGE_BYTES_MAX})")
    add_plain_answer(parser)


def run(options):
    """Takes one file after the other, and tells; the exit code."""
    require_library()
    samples, is_refused = 0, False
    with cognition_session(options, "reading", creates=True, record_to=options.record, max_message_bytes=options.max_bytes) as core:
        for path in options.inputs:
            try:
                name, message = read_message(path, options.max_bytes)
                with fault_of(name):
                    text = core.ingest_json(message)
            except DataError as error:
                is_refused = True
                print(f"rancognition: {error}", file=sys.stderr)
                continue
            samples += say(text, options, lambda report, style, name=name: ingest_lines(name, report, style))["samples"]
    if samples and not options.path and not options.quiet:
        print("note: nothing of it is kept; --path FILE.db keeps it", file=sys.stderr)
    return EXIT_DATA if is_refused else EXIT_OK if samples else EXIT_LIMIT
