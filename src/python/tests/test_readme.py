"""The Python example of the README, as it stands there."""

import pathlib
import re
import unittest

README = pathlib.Path(__file__).resolve().parents[3] / "README.md"


class ReadmeTests(unittest.TestCase):
    def test_the_example_runs(self):
        (example,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
        names = {}
        exec(compile(example, "README.md", "exec"), names)
        self.assertEqual([len(names[name]) for name in ("mean", "low", "high")], [4, 4, 4])
        self.assertTrue(all(low <= mean <= high for low, mean, high in zip(names["low"], names["mean"], names["high"])))


if __name__ == "__main__":
    unittest.main()
