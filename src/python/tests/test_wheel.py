"""What the wheel is named after and made of. tests/run_wheel.sh installs and uses it."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import zipfile
from unittest import mock

from build_backend import elf, platform_tag, wheel
from rancognition import _raw

LIBRARIES = pathlib.Path(__file__).resolve().parents[3] / "build" / "lib"


def needs(versions, libraries=("libc.so.6",), machine="x86_64"):
    return elf.Needs(machine, list(libraries), {"libc.so.6": versions})


class TagTests(unittest.TestCase):
    def test_the_newest_glibc_of_all_images_is_named(self):
        self.assertEqual(platform_tag.platform_tag([needs(["GLIBC_2.2.5", "GLIBC_2.9"]), needs(["GLIBC_2.34", "GLIBC_2.17"])]), "manylinux_2_34_x86_64")
        self.assertEqual(platform_tag.platform_tag([needs(["GLIBC_2.2.5"])]), "manylinux_2_5_x86_64")
        self.assertEqual(platform_tag.platform_tag([needs(["GLIBC_2.28"], machine="aarch64")]), "manylinux_2_28_aarch64")

    def test_what_needs_more_than_every_system_has_is_not_called_manylinux(self):
        self.assertEqual(platform_tag.platform_tag([needs(["GLIBC_2.17"], ["libc.so.6", "libssl.so.3"])]), "linux_x86_64")
        self.assertEqual(platform_tag.platform_tag([needs(["GLIBC_2.17", "GLIBC_PRIVATE"])]), "linux_x86_64")
        self.assertEqual(platform_tag.platform_tag([needs([])]), "linux_x86_64")
        with self.assertRaisesRegex(ValueError, "2 kinds of machines: aarch64, x86_64"):
            platform_tag.platform_tag([needs(["GLIBC_2.17"]), needs(["GLIBC_2.17"], machine="aarch64")])

    def test_hostile_images_are_refused(self):
        good = (LIBRARIES / "librancognition.so").read_bytes()[:4096]
        for image in (b"", b"MZ" + bytes(100), b"\x7fELF\x01\x01" + bytes(100), good[:64], good[:18] + b"\xf3\x00" + good[20:], good):
            with self.assertRaises(elf.NotElf):
                elf.read(image)

    @unittest.skipUnless(shutil.which("objdump"), "objdump is missing: Debian package binutils")
    def test_needs_are_those_that_objdump_reads(self):
        for image in [LIBRARIES / "librancognition.so", *LIBRARIES.glob("glibc-hwcaps/*/librancognition.so")]:
            told = subprocess.run(["objdump", "-p", str(image)], capture_output=True, text=True, check=True, env=dict(os.environ, LC_ALL="C")).stdout
            found = elf.read(image.read_bytes())
            self.assertEqual(found.libraries, re.findall(r"^  NEEDED +(\S+)$", told, re.MULTILINE))
            expected = {name: re.findall(r"^    0x\S+ 0x\S+ \d+ (\S+)$", block, re.MULTILINE)
                        for name, block in re.findall(r"^  required from (\S+):\n((?:    .*\n)+)", told, re.MULTILINE)}
            self.assertTrue(expected)
            self.assertEqual(found.versions, expected)


class WheelTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_version_and_texts_are_those_of_the_project(self):
        self.assertEqual(wheel.version(), _raw.VERSION)
        text = wheel._metadata({"LICENSE": b""})
        for line in (f"Version: {_raw.VERSION}", "License-Expression: Apache-2.0", "License-File: LICENSE", "Requires-Python: >=3.9",
                     "Provides-Extra: numpy", 'Requires-Dist: numpy; extra == "numpy"', 'Requires-Dist: distributed; extra == "fleet"'):
            self.assertIn(line, text.split("\n\n")[0].split("\n"))
        self.assertEqual(wheel._scripts(), [("rancognition", "rancognition.__main__:main")])

    def test_a_missing_or_wrong_library_is_a_clear_error(self):
        with self.assertRaisesRegex(wheel.BuildError, "there is no librancognition.so in .*: run ./build.sh build first"):
            wheel.write_wheel(self.folder, str(self.folder))
        (self.folder / "librancognition.so").write_bytes(b"text")
        with self.assertRaisesRegex(wheel.BuildError, "there is no librancognition-sqlite3.so in .*: run ./build.sh build first"):
            wheel.write_wheel(self.folder, str(self.folder))
        (self.folder / "librancognition-sqlite3.so").write_bytes(b"text")
        with self.assertRaisesRegex(wheel.BuildError, "no 64-bit little-endian ELF image"):
            wheel.write_wheel(self.folder, str(self.folder))
        self.assertEqual(list(self.folder.glob("*.whl*")), [])

    def test_source_date_epoch_sets_the_times_and_nothing_earlier_than_a_zip_can_tell(self):
        for epoch, year in (("1700000000", 2023), ("5", 1980)):
            with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=epoch):
                name = wheel.write_editable(self.folder)
            with zipfile.ZipFile(self.folder / name) as archive:
                self.assertEqual({entry.date_time[0] for entry in archive.infolist()}, {year})


if __name__ == "__main__":
    unittest.main()
