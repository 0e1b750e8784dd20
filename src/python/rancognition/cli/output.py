"""Where results go: standard output, or a file that is there as a whole or not at all."""

import os
import sys
import tempfile

from .errors import UsageError


def prepare_standard_output():
    """A sign that the terminal cannot show is written as its number; it must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def forget_standard_output():
    """After its reader went away: what is left in its buffer must not be an error when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def require_writable(path, option):
    """Raises UsageError for a path that cannot be written, before long work is done for it."""
    folder = os.path.dirname(path) or "."
    if os.path.isdir(path) or not os.path.isdir(folder) or not os.access(folder, os.W_OK):
        raise UsageError(f"{option} {path}: is a folder, or lies in one that is not there or cannot be written")


def write_file(path, text, option):
    """Writes text to a file, replacing it when all is written; - is standard output."""
    if path == "-":
        sys.stdout.write(text)
        return
    if os.path.exists(path) and not os.path.isfile(path):  # a device or a named pipe is written to, not replaced
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return
    temporary = None
    try:
        with tempfile.NamedTemporaryFile("w", dir=os.path.dirname(path) or ".", prefix=".rancognition-", delete=False, encoding="utf-8") as file:
            temporary = file.name
            file.write(text)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        raise UsageError(f"{option} {path}: {error.strerror}") from None


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask
