"""Nothing of the package needs Dask but the fleet, which says so."""

import os
import subprocess
import sys
import unittest

import rancognition

PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(rancognition.__file__)))


def run(script):
    return subprocess.run([sys.executable, "-c", script], cwd=PACKAGES, capture_output=True, text=True, check=False)


class FleetImportTests(unittest.TestCase):
    def test_the_package_does_not_import_dask(self):
        done = run("import sys, rancognition; print([name for name in sys.modules if name.split('.')[0] in ('dask', 'distributed')])")
        self.assertEqual(done.stdout, "[]\n", done.stderr)

    def test_without_dask_the_fleet_is_an_import_error_that_says_what_to_install(self):
        done = run("import sys; sys.modules['distributed'] = None\ntry:\n    import rancognition.fleet\nexcept ImportError as error:\n    print(error)")
        self.assertIn("Debian package python3-distributed", done.stdout, done.stderr)
        self.assertIn("pip install rancognition[fleet]", done.stdout)


if __name__ == "__main__":
    unittest.main()
