"""The package loads the image of the library that glibc would."""

import json
import math
import os
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

import rancognition
from rancognition import _cpu_level, _library

PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(rancognition.__file__)))
BUILT = os.path.join(os.path.dirname(os.path.dirname(PACKAGES)), "build")
PROGRAM = os.path.join(BUILT, "bin", "test_cpu_level")
LIBRARIES = os.path.join(BUILT, "lib")

MASKS = ["", "-AVX512F", "-AVX512VL",
         "-AVX2", "-AVX", "-FMA", "-BMI1", "-BMI2", "-LZCNT", "-MOVBE", "-F16C", "-OSXSAVE", "-AVX2,-AVX512F", "-SSE3", "-SSSE3", "-SSE4_1", "-SSE4_2", "-POPCNT"]


def run(mask, *command, library=LIBRARIES):
    environment = dict(os.environ, GLIBC_TUNABLES=f"glibc.cpu.hwcaps={mask}", RANCOGNITION_LIBRARY=library)
    return subprocess.run(command, cwd=PACKAGES, env=environment, capture_output=True, text=True, check=False)


def level_in_python(mask, library=LIBRARIES):
    return run(mask, sys.executable, "-c", "import rancognition; print(rancognition.runtime_info()['cpu_level'])", library=library)


@unittest.skipUnless(os.path.isfile(PROGRAM), "the C programs are not built")
class SameAsGlibcTests(unittest.TestCase):
    def test_the_level_is_the_one_that_a_c_program_gets_whatever_is_masked(self):
        for mask in MASKS:
            with self.subTest(mask=mask):
                program = run(mask, PROGRAM, "print")
                self.assertEqual(program.returncode, 0)
                self.assertEqual(level_in_python(mask).stdout, program.stdout)

    def test_a_named_file_is_taken_as_it_is(self):
        lowest = level_in_python("-AVX2")
        self.assertIn("\n", lowest.stdout)
        self.assertEqual(level_in_python("", os.path.join(LIBRARIES, "librancognition.so")).stdout, lowest.stdout)


    def test_levels_agree_but_for_the_last_digits_of_numbers(self):
        script = """
import json, math, rancognition
from tests.test_smoke import PROBLEM, QUARTER_HOUR
values = [50 + 20 * math.sin(t * math.pi / 12) + 7 * math.sin(t * 1.7) + (30 if t in (300, 301) else 0) + (25 if t > 500 else 0) for t in range(700)]
core = rancognition.Temporal()
print(json.dumps([core.forecast(values, 4 * QUARTER_HOUR, 48), core.score_anomalies(values), core.detect_anomalies(values), core.detect_change_points(values),
                  core.expand_subjective_time(PROBLEM)], default=list))
"""
        results = []
        for mask in ("", "-AVX2"):
            done = run(mask, sys.executable, "-c", script)
            self.assertEqual(done.returncode, 0, done.stderr)
            results.append(json.loads(done.stdout))
        self.assertEqual(differences(*results), [])


TIMES = {"execution_time", "timestamp", "performance_metrics"}


def differences(one, other, place="result"):
    """Where two results differ by more than rounding."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [found for key in one.keys() - TIMES for found in differences(one[key], other[key], f"{place}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [found for i, (a, b) in enumerate(zip(one, other)) for found in differences(a, b, f"{place}[{i}]")]
    if isinstance(one, float) and isinstance(other, float):
        return [] if math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12) else [f"{place}: {one} and {other}"]
    return [] if one == other else [f"{place}: {one} and {other}"]


class FolderTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def put(self, *folders):
        for folder in folders:
            os.makedirs(os.path.join(self.folder.name, folder), exist_ok=True)
            open(self.file(folder), "w").close()

    def file(self, folder):
        return os.path.join(self.folder.name, folder, "librancognition.so")

    def best(self, levels):
        with mock.patch.object(_cpu_level, "levels", lambda: levels):
            return _cpu_level.best_in(self.folder.name, "librancognition.so")

    def test_the_first_level_that_is_there_is_taken(self):
        self.put("", "glibc-hwcaps/x86-64-v3")
        self.assertEqual(self.best(["x86-64-v4", "x86-64-v3"]), self.file("glibc-hwcaps/x86-64-v3"))
        self.put("glibc-hwcaps/x86-64-v4")
        self.assertEqual(self.best(["x86-64-v4", "x86-64-v3"]), self.file("glibc-hwcaps/x86-64-v4"))
        self.assertEqual(self.best(["x86-64-v3"]), self.file("glibc-hwcaps/x86-64-v3"))

    def test_without_its_folder_or_on_an_old_processor_the_file_for_all_is_taken(self):
        self.put("")
        self.assertEqual(self.best(["x86-64-v4", "x86-64-v3"]), self.file(""))
        self.put("glibc-hwcaps/x86-64-v3")
        self.assertEqual(self.best([]), self.file(""))

    def test_a_folder_without_a_library_is_a_clear_error(self):
        with mock.patch.dict(os.environ, RANCOGNITION_LIBRARY=self.folder.name), self.assertRaisesRegex(OSError, "RANCOGNITION_LIBRARY: .*librancognition.* in the folder"):
            _library.library_path()
