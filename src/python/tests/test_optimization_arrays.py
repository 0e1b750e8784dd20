"""The optimization core with NumPy (and pandas, optional): arrays go into functions and come out of them."""

import math
import unittest

import rancognition

from .test_optimization import FRONT, MIXED, SPHERE, front, mixed, network, sphere

try:
    import numpy
except ImportError:
    numpy = None
try:
    import pandas
except ImportError:
    pandas = None


@unittest.skipUnless(numpy, "NumPy is missing: Debian package python3-numpy")
class NumPyTests(unittest.TestCase):
    def setUp(self):
        self.core = rancognition.Optimizer(seed=3)
        self.addCleanup(self.core.close)

    def same(self, result):
        return {**result, "execution_time": 0}

    def test_a_batch_is_an_array_of_ones_own_and_its_values_may_be_arrays_of_many_forms(self):
        kept = []

        def rows(points):
            kept.append(points)
            self.assertEqual((points.dtype, points.shape[1], points.flags.writeable, points.flags.c_contiguous), (numpy.float64, 3, True, True))
            return ((points - 1) ** 2).sum(axis=1)

        expected = self.same(self.core.optimize_with_batch(SPHERE, rows))
        self.assertEqual(sum(map(len, kept)), 300)
        best = numpy.vstack(kept)  # they are still what they were
        best = best[((best - 1) ** 2).sum(axis=1).argmin()]
        self.assertEqual(best.tolist(), expected["best"]["x"])
        for form in (lambda p: rows(p)[:, None], lambda p: rows(p).tolist(), lambda p: [[value] for value in rows(p)], lambda p: rows(p).astype(object), lambda p: (rows(p), []),
                     lambda p: numpy.stack([rows(p)] * 2)[0], lambda p: [numpy.float64(value) for value in rows(p)], lambda p: [numpy.array(value) for value in rows(p)]):
            self.assertEqual(self.same(self.core.optimize_with_batch(SPHERE, form)), expected)

    def test_objectives_and_constraints_are_as_with_lists(self):
        problem = {**MIXED, "budget": {"evaluations": 300}}

        def together(points):
            a, b, c, d, e = points.T
            cost = (a - 0.5) * (a - 0.5) + (b - 2) * (b - 2) + (c - 2) * (c - 2) + d * 3 + (e - 1) * (e - 1)
            return cost, (1 - a - b)[:, None]

        self.assertEqual(self.same(self.core.optimize_with_batch(problem, together)), self.same(self.core.optimize_with(problem, mixed)))

        def both(points):
            x, y = points.T
            return numpy.column_stack([x * x + y * y, x + y - x * y])

        self.assertEqual(self.same(self.core.optimize_with_batch(FRONT, both)), self.same(self.core.optimize_with(FRONT, lambda x: numpy.array(front(x)))))
        self.assertEqual(self.same(self.core.optimize_with(SPHERE, lambda x: numpy.float64(sphere(x)))), self.same(self.core.optimize_with(SPHERE, sphere)))
        self.assertEqual(self.core.optimize_with(SPHERE, lambda x: numpy.float32(sphere(x)))["failed_evaluations"], 0)
        self.assertEqual(self.core.optimize_with(SPHERE, lambda x: numpy.array(sphere(x)))["failed_evaluations"], 0)

    def test_points_of_a_batch_fail_by_nan_and_all_of_them_by_none_or_the_exception(self):
        problem = {"variables": [{"name": "x", "type": "integer", "lower": -4, "upper": 5}], "objectives": [{"name": "f"}]}
        for how in (lambda p: numpy.where(p[:, 0] > 0, numpy.nan, p[:, 0]), lambda p: [None if x > 0 else x for x, in p], lambda p: numpy.where(p > 0, -math.inf, p)):
            result = self.core.optimize_with_batch(problem, how)
            self.assertEqual((result["failed_evaluations"], result["evaluations"], result["best"]["x"]), (5, 10, [-4]))

        def fails(points):
            raise rancognition.EvaluationFailed

        for how in (fails, lambda p: None):
            with self.assertRaises(rancognition.InvalidArgument):
                self.core.optimize_with_batch(problem, how)

    def test_arrays_of_a_wrong_form_are_errors(self):
        for answer, kind, text in ((lambda p: p, ValueError, "objectives[0]: 3 numbers, must be 1"), (lambda p: p[:0, 0], ValueError, "objectives: 0 for"),
                                   (lambda p: numpy.array(["a"] * len(p)), TypeError, "objectives[0]"), (lambda p: numpy.float64(1), TypeError, "objectives: must be numbers")):
            with self.assertRaises(kind) as caught:
                self.core.optimize_with_batch(SPHERE, answer)
            self.assertIn(text, str(caught.exception))

    def test_what_is_told_may_be_arrays_and_tables(self):
        self.core.begin(SPHERE)
        points = numpy.array(self.core.ask(4))
        self.core.tell(points, ((points - 1) ** 2).sum(axis=1))
        told = len(points)
        point = numpy.array(self.core.ask(1)[0])
        self.core.tell(point, numpy.float64(sphere(point)))
        points = numpy.asfortranarray(numpy.array(self.core.ask(3), dtype=">f8"))
        self.core.tell(points, [[sphere(x)] for x in points])
        told += 1 + len(points)
        if pandas:
            table = pandas.DataFrame(self.core.ask(3), columns=["x", "y", "z"])
            self.core.tell(table, ((table - 1) ** 2).sum(axis=1))
            told += len(table)
        result = self.core.result()
        self.assertEqual((result["evaluations"], result["failed_evaluations"]), (told, 0))

    def test_networks_may_hold_arrays(self):
        plain = network()
        links = {name: numpy.array(values) for name, values in plain["links"].items()}
        self.assertEqual(self.core.evaluate_network({**plain, "links": links})["loads"], self.core.evaluate_network(plain)["loads"])


if __name__ == "__main__":
    unittest.main()
