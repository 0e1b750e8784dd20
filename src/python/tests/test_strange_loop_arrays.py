"""The strange-loop core with NumPy: arrays go into requests and come out of functions."""

import json
import unittest

import rancognition

from .test_strange_loop import LINEAR, MATRIX, OFFSET, command, linear

try:
    import numpy
except ImportError:
    numpy = None


@unittest.skipUnless(numpy, "NumPy is missing: Debian package python3-numpy")
class NumPyTests(unittest.TestCase):
    def setUp(self):
        self.core = rancognition.StrangeLoop()
        self.addCleanup(self.core.close)

    def same(self, result):
        return {**result, "execution_time": 0}

    def test_a_function_may_give_arrays_of_many_forms(self):
        expected = self.same(self.core.fixed_point(linear, [0, 0, 0]))
        for form in (numpy.array, lambda values: numpy.array(values, dtype=object), lambda values: numpy.repeat(numpy.array(values), 2)[::2],
                     lambda values: [numpy.float64(value) for value in values], lambda values: [numpy.array(value) for value in values]):
            self.assertEqual(self.same(self.core.fixed_point(lambda x: form(linear(x)), numpy.zeros(3))), expected)
        matrix, offset = numpy.array(MATRIX), numpy.array(OFFSET)
        for value, right in zip(self.core.fixed_point(lambda x: matrix @ x + offset, numpy.zeros(3))["x"], expected["x"]):
            self.assertAlmostEqual(value, right, places=9)
        single = self.same(self.core.fixed_point(numpy.cos, 1))
        self.assertEqual(self.same(self.core.fixed_point(lambda x: numpy.array(numpy.cos(x)), numpy.float64(1))), single)
        self.assertEqual(self.same(self.core.fixed_point(lambda x: numpy.cos(x), [1.0])), single)

    def test_arrays_of_another_size_or_kind_are_refused(self):
        for answer, kind, text in ((numpy.zeros(2), ValueError, "gave 2 numbers for a point of 3"), (numpy.zeros((3, 1)), TypeError, "must be a number, not list"),
                                   (numpy.array(1.0), ValueError, "gave 1 number for a point of 3"), (numpy.array(["a", "b", "c"]), TypeError, "must be a number, not str")):
            with self.assertRaises(kind) as caught:
                self.core.fixed_point(lambda x: answer, [0, 0, 0])
            self.assertIn(text, str(caught.exception))

    def test_requests_hold_arrays(self):
        given = {"map": {"type": "linear", "matrix": numpy.array(MATRIX), "offset": numpy.array(OFFSET)}, "tolerance": numpy.float64(1e-12)}
        self.assertEqual(self.same(self.core.solve(given)), self.same(self.core.solve(LINEAR)))
        changes = numpy.array([[1.0, 0.5], [-0.5, 0.25], [-0.25, -0.4], [0.1, 0.3]])
        expected = self.core.detect_conflicts(commands=[command("a", "p", 1, "c", 0, 5)], loops={"names": ["a", "b"], "changes": changes.tolist()})
        found = self.core.detect_conflicts(commands=[command("a", "p", numpy.int64(1), "c", 0, 5)], loops={"names": ["a", "b"], "changes": changes})
        self.assertEqual(self.same(found), self.same(expected))
        reply = json.loads(self.core.observe_json(loop_id="a", predict={"x": {"mean": numpy.float32(1), "lower": numpy.float64(0), "upper": 2}}))
        self.assertEqual(reply["corrected"]["x"]["mean"], 1)


if __name__ == "__main__":
    unittest.main()
