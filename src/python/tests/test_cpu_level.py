"""The package loads the image of the library that glibc would."""

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
