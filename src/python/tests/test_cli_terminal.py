"""Colour and the progress bar, on a terminal and elsewhere."""

import os
import pty
import subprocess
import sys
import unittest
from pathlib import Path

import rancognition

_CELLS = Path(__file__).resolve().parents[3] / "tests" / "data" / "qp_cells.csv"


def on_a_terminal(*arguments, **environment):
    """What the command line shows on a terminal, both streams together."""
    package = str(Path(rancognition.__file__).resolve().parents[1])
    known = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "rancognition", *map(str, arguments)], stdin=theirs, stdout=theirs, stderr=theirs,
                          env={**known, "PYTHONPATH": package, "TERM": "xterm", **environment}) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other side was closed
                break
            if not part:
                break
            shown += part
        process.wait(60)
    os.close(ours)
    return shown.decode()


class TerminalTests(unittest.TestCase):
    def test_a_terminal_gets_colour_and_a_progress_bar_that_goes_away(self):
        shown = on_a_terminal("analyze", _CELLS, "--limit", "prb_avail_dl >= 10")
        self.assertIn("\033[1;31ma limit is likely to break\033[0m", shown)
        self.assertIn("analysing [", shown)
        self.assertIn("] 100 %", shown)
        self.assertTrue(shown.split("] 100 %")[-1].lstrip("\r").startswith(" "), "the bar is written over")

    def test_no_color_and_no_progress_are_obeyed(self):
        for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            shown = on_a_terminal("analyze", _CELLS, "--no-progress", **environment)
            self.assertIn("c3/B13", shown)
            self.assertNotIn("\033", shown)
            self.assertNotIn("analysing [", shown)


if __name__ == "__main__":
    unittest.main()
