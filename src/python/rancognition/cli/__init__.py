"""The command line: python -m rancognition COMMAND. One file a command; COMMANDS is the list of them."""

import argparse
import sys

from .. import RanCognitionError, _raw
from . import (
    analyze,
    anomalies,
    conflicts,
    decide,
    fixed_point,
    forecast,
    info,
    ingest,
    memory,
    network,
    optimize,
    outcome,
    replay,
    report,
    rollback,
    state,
    watch,
)
from .errors import EXIT_CANCELLED, EXIT_LIBRARY, EXIT_OK, CommandError
from .output import forget_standard_output, prepare_standard_output

#: Each has NAME, HELP, EPILOG, add_arguments(parser) and run(options), which gives the exit code.
COMMANDS = (analyze, forecast, anomalies, report, memory, optimize, network, fixed_point, conflicts, watch, ingest, decide, outcome, rollback, state, replay, info)

_EXIT_CODES = """exit codes:
  0    done; every limit likely holds
  1    a limit is likely to break (--alert-at), or could not be judged; memory: nothing was found, or not enough data;
       optimize: no point satisfies the constraints; network: the traffic is too much;
       fixed-point: there is none, or none was found; conflicts: there are some; watch: no prediction met what happened;
       ingest: nothing was taken; decide: a target is likely to be missed, or some contradict each other;
       outcome: the changes are to be taken back; replay: a result differs
  2    the command line is wrong
  3    the data cannot be read
  4    the library is missing or failed
  130  cancelled by Ctrl-C
"""


def main(arguments=None):
    """Runs one command; gives its exit code."""
    prepare_standard_output()
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        code = options.command.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        forget_standard_output()  # its reader has what it wanted
        return EXIT_OK
    except KeyboardInterrupt:
        return _end("cancelled", EXIT_CANCELLED)
    except CommandError as error:
        return _end(str(error), error.exit_code)
    except RanCognitionError as error:
        return _end(f"{error} ({error.status_name})", EXIT_LIBRARY)
    except MemoryError:
        return _end("memory is exhausted", EXIT_LIBRARY)
    except OSError as error:
        return _end(str(error), EXIT_LIBRARY)


def _end(message, code):
    print(f"rancognition: {message}", file=sys.stderr)
    return code


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m rancognition", description="What is going on in these cells, what happens next, and how sure that is.",
        epilog=_EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"rancognition {_raw.VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        one = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP, epilog=f"{command.EPILOG}\n{_EXIT_CODES}",
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
        command.add_arguments(one)
        one.set_defaults(command=command)
    return parser
