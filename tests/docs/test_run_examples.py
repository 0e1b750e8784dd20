"""Tests of the finder and the runner of examples, on documents made here."""

import contextlib
import io
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import blocks
import run_examples
import runner


def of(text, header=False):
    return blocks.from_text(text, "a.h" if header else "a.md", header)


class FindingTests(unittest.TestCase):
    def test_a_block_knows_its_line_and_its_language(self):
        (block,) = of("# Title\ntext\n\n## Use\n```c\nint x;\n```\n")
        self.assertEqual((block.where, block.language, block.text), ("a.md:6", "c", "int x;\n"))

    def test_output_belongs_to_the_block_before_it(self):
        first, second = of("```sh\na\n```\n\n```text\nA\n```\ntext\n```sh\nb\n```\nprints\n```output\nB\n```\n")
        self.assertEqual((first.output, second.output), ("A\n", "B\n"))

    def test_text_after_other_words_is_only_text(self):
        (block,) = of("```sh\na\n```\nA table:\n```text\nA\n```\n")
        self.assertIsNone(block.output)

    def test_the_comments_of_a_header_hold_blocks_in_both_spellings(self):
        first, second = of("/**\n * @defgroup g G\n * ```c\n * int a;\n *   int b;\n * ```\n */\nint c;\n/// @code{.cpp}\n/// int d;\n/// @endcode\n", header=True)
        self.assertEqual((first.text, first.line), ("int a;\n  int b;\n", 4))
        self.assertEqual((second.text, second.language), ("int d;\n", "cpp"))

    def test_a_program_says_at_its_end_what_it_prints_and_at_its_beginning_what_it_is_called(self):
        (block,) = of("```c\n// tilt.c: cc tilt.c\nint x;\n// Prints:\n// a\n//   b\n```\n")
        self.assertEqual((block.output, block.file), ("a\n  b\n", "tilt.c"))

    def test_marks_stand_right_before_the_block(self):
        text = "<!-- example: {} -->\n{}```sh\nx\n```\n"
        self.assertEqual(of(text.format("not run: takes minutes", ""))[0].not_run, "takes minutes")
        self.assertEqual(of(text.format("compiled only: never ends", "\n"))[0].compiled_only, "never ends")
        self.assertEqual(of(text.format("file a/b.sh", ""))[0].file, "a/b.sh")
        self.assertEqual(of(text.format("exit code 3", ""))[0].exit_code, 3)
        self.assertEqual(of(text.format("needs cmake (Debian package cmake)", ""))[0].needs, "cmake (Debian package cmake)")
        self.assertEqual(of(text.format("not run: takes minutes", "text\n"))[0].not_run, "")

    def test_what_is_not_understood_is_refused_with_its_line(self):
        for text, line, words in [
            ("\n```\nx\n```\n", 2, "needs a language tag"),
            ("```cobol\nx\n```\n", 1, "found cobol"),
            ("```c\nx\n", 1, "does not end"),
            ("```output\nx\n```\n", 1, "output of no example"),
            ("<!-- example: perhaps -->\n```c\nx\n```\n", 3, "not understood"),
            ("<!-- example: not run: -->\n```c\nx\n```\n", 3, "not understood"),
        ]:
            with self.subTest(text), self.assertRaisesRegex(blocks.BadBlock, f"a.md:{line}: .*{words}"):
                of(text)


class ComparingTests(unittest.TestCase):
    def test_dots_stand_for_anything(self):
        runner.compare("a ... d\n", "a b\nc d\n")
        runner.compare("a...\n", "a\n")
        runner.compare("100 % (a|b)\n", "100 % (a|b)  \n\n")

    def test_other_output_is_wrong(self):
        for expected, printed in [("a\n", "b\n"), ("a...c\n", "a b\n"), ("a\n", "a\nb\n"), ("a.b\n", "axb\n"), ("a\n", "")]:
            with self.subTest(expected), self.assertRaises(runner.Wrong):
                runner.compare(expected, printed)

    def test_a_session_is_split_into_commands_and_their_output(self):
        (block,) = of("```console\n$ one \\\n  more\nA\n$ two\n> three\n```\n")
        self.assertEqual([tuple(step) for step in runner.commands(block)], [("one \\\n  more", "A\n", 2), ("two\nthree", "", 5)])


class RunningTests(unittest.TestCase):
    """Whole documents; those of them that are wrong must be told."""

    def result(self, text):
        with tempfile.TemporaryDirectory() as folder:
            document = pathlib.Path(folder) / "a.md"
            document.write_text(text, encoding="utf-8")
            (pathlib.Path(folder) / "work").mkdir()
            count = run_examples.Count()
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                run_examples.run_document(document, "a.md", runner.Runner(run_examples.ROOT, pathlib.Path(folder) / "work"), count)
                run_examples.check_links(document, "a.md", run_examples.ROOT, count)
            return count, printed.getvalue()

    def assert_good(self, text, passed):
        count, printed = self.result(text)
        self.assertEqual((count.passed, count.failed), (passed, 0), printed)

    def assert_bad(self, text, words):
        count, printed = self.result(text)
        self.assertEqual(count.failed, 1, printed)
        self.assertRegex(printed, words)

    def test_a_c_program_is_compiled_run_and_found_by_later_commands(self):
        program = "#include <stdio.h>\n#include <rancognition.h>\nint main(void) { printf(\"%d\\n\", (int)rancog_abi_version()); return 0; }\n"
        self.assert_good(f"# A\n```c\n{program}```\n```text\n0\n```\n```console\n$ grep -c main program.c\n1\n$ ls include/rancognition.h\n...\n```\n", 3)

    def test_what_the_compiler_says_is_told_with_the_place(self):
        self.assert_bad("```c\nint main(void) { return nothing; }\n```\n", r"FAILED  a.md:2 c(.|\n)*nothing.*undeclared")

    def test_a_warning_is_an_error(self):
        self.assert_bad("```c\nint main(void) { int unused; return 0; }\n```\n", "unused")

    def test_a_fragment_must_be_called_one(self):
        self.assert_bad("```c\nint x;\n```\n", "has no main")

    def test_later_blocks_find_the_files_of_earlier_ones(self):
        self.assert_good("# A\n<!-- example: file a.py -->\n```python\nprint(1)\n```\n# B\n```sh\npython3 a.py\n```\n```output\n1\n```\n", 3)
        self.assert_bad("```sh\ncat a.py\n```\n", "No such file")

    def test_wrong_output_wrong_exit_codes_and_wrong_python_are_told(self):
        self.assert_bad("```sh\necho a\n```\n```text\nb\n```\n", "prints\n *a\n *instead of\n *b")
        self.assert_bad("```sh\nexit 3\n```\n", "exit code 3 instead of 0")
        self.assert_bad("```python\nraise ValueError('too bad')\n```\n", "too bad")
        self.assert_bad("```console\n$ false\n$ true\n```\n", "line 2: \\$ false")
        self.assert_bad("```console\n$ echo a\nb\n```\n", "line 2")
        self.assert_bad("```console\n$ exit 0\n$ true\n```\n", "ended the session")
        self.assert_good("<!-- example: exit code 3 -->\n```console\n$ true\n$ (exit 3)\n```\n", 2)

    def test_what_is_not_run_is_counted_and_what_is_missing_is_skipped(self):
        count, printed = self.result("<!-- example: not run: why not -->\n```sh\nfalse\n```\n<!-- example: needs no-such-program (Debian package none) -->\n```sh\nfalse\n```\n")
        self.assertEqual((count.passed, count.failed, count.not_run), (1, 0, 1))
        self.assertIn("not run a.md:3 sh: why not", printed)
        self.assertIn("SKIPPED a.md:7 sh: no-such-program (Debian package none)", printed)

    def test_links_that_lead_nowhere_are_told(self):
        self.assert_good("# One thing\n[a](#one-thing) [b](include/rancognition.h) [c](https://example.org) `tests/docs/blocks.py`\n", 1)
        self.assert_bad("\n[a](nowhere.md)\n", "a.md:2: nowhere.md is not there")
        self.assert_bad("see `src/RanCognition.Nothing/here.cs`\n", "a.md:1: src/RanCognition.Nothing/here.cs")
        self.assert_bad("[a](#two)\n", "no such heading")


if __name__ == "__main__":
    unittest.main()
