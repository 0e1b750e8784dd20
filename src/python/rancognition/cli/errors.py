"""How a command ends: its exit codes, and the exceptions that carry them."""

EXIT_OK = 0  # done; every limit likely holds
EXIT_LIMIT = 1  # a limit is likely to break, or could not be judged
EXIT_USAGE = 2  # the command line is wrong
EXIT_DATA = 3  # the data cannot be read
EXIT_LIBRARY = 4  # the library is missing or failed
EXIT_CANCELLED = 130  # Ctrl-C


class CommandError(Exception):
    """Ends the command with a message for its user."""

    exit_code = EXIT_LIBRARY


class UsageError(CommandError):
    """An option says something that cannot be meant."""

    exit_code = EXIT_USAGE


class DataError(CommandError):
    """The input is not what was expected; the message says where."""

    exit_code = EXIT_DATA


class LibraryError(CommandError):
    """The library is not there, or refused what it was given."""

    exit_code = EXIT_LIBRARY
