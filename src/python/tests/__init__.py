"""Tests of the Python package."""

import signal

# A shell without job control starts programs in the background with Ctrl-C ignored; the tests send it.
signal.signal(signal.SIGINT, signal.default_int_handler)
