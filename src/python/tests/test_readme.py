"""The Python examples of the README, as they stand there."""

import contextlib
import io
import pathlib
import re
import unittest

README = pathlib.Path(__file__).resolve().parents[3] / "README.md"


class ReadmeTests(unittest.TestCase):
    def test_the_examples_run(self):
        examples = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
        examples = [example for example in examples if "fleet" not in example]  # that one needs Dask, and is run by its own tests
        self.assertGreater(len(examples), 0)
        for example in examples:
            with self.subTest(example), contextlib.redirect_stdout(io.StringIO()):
                exec(compile(example, "README.md", "exec"), {"__name__": "example"})


if __name__ == "__main__":
    unittest.main()
