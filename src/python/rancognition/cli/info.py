"""info: which library this is, and what runs here."""

import json

from .. import library_path, runtime_info
from .errors import LibraryError

NAME = "info"
HELP = "version, place and processor level of the library, its clock and its bounds, as JSON"
EPILOG = """example:
  python -m rancognition info
"""


def add_arguments(_parser):
    """This command has no options."""


def run(_options):
    """Tells; the exit code."""
    try:
        print(json.dumps({"library": library_path(), **runtime_info()}, indent=2))
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise LibraryError(str(error)) from None
    return 0
