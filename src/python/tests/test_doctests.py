"""The examples in the documentation of the package run and give what they say."""

import ast
import doctest
import importlib
import pathlib
import pkgutil
import unittest

import rancognition

PACKAGE = pathlib.Path(rancognition.__file__).parent
OLDEST_PYTHON = (3, 9)
NOT_OF_THE_BINDING = ("fleet", "cli", "__main__")  # tested by themselves: they may need what is not installed, or act when imported


def modules():
    yield rancognition
    for found in pkgutil.iter_modules([str(PACKAGE)]):
        if not found.name.startswith(NOT_OF_THE_BINDING):
            yield importlib.import_module(f"rancognition.{found.name}")


def load_tests(loader, tests, pattern):
    for module in modules():
        tests.addTests(doctest.DocTestSuite(module))
    return tests


class DocumentationTests(unittest.TestCase):
    def test_everything_public_is_documented_and_every_class_and_its_long_methods_have_an_example(self):
        for name in rancognition.__all__:
            thing = getattr(rancognition, name)
            if not isinstance(thing, (int, str)):
                self.assertTrue(thing.__doc__, name)
            if isinstance(thing, type) and not issubclass(thing, Exception):
                for member, value in vars(thing).items():
                    if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                        self.assertTrue(value.__doc__, f"{name}.{member}")
        for thing in (rancognition, rancognition.Temporal, rancognition.Scheduler, rancognition.Memory, rancognition.Optimizer, rancognition.StrangeLoop, rancognition.Cognition, rancognition.Loader, rancognition.Pool, rancognition.Host, rancognition.simd):
            self.assertIn(">>>", thing.__doc__)

    def test_the_package_is_written_for_the_oldest_python_that_it_names(self):
        for path in PACKAGE.glob("*.py"):
            ast.parse(path.read_text(encoding="utf-8"), feature_version=OLDEST_PYTHON)

    def test_every_function_of_the_c_interface_is_used_by_the_package(self):
        from rancognition import _raw
        texts = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py") if path.name != "_raw.py")
        self.assertEqual([name for name in _raw.FUNCTIONS if name not in texts], [])


if __name__ == "__main__":
    unittest.main()
