"""The cognitive core with NumPy and pandas: arrays go into problems and come out of models."""

import unittest

import rancognition

from .test_cognitive import NOW, QUARTER, ROWS, handovers, tilts

try:
    import numpy
except ImportError:
    numpy = None
try:
    import pandas
except ImportError:
    pandas = None

PROBLEM = tilts([40], current_state={"DRB.UEThpDl": 10, "load": 50}, constraints=["DRB.UEThpDl >= 12", "load <= 60"])


@unittest.skipUnless(numpy, "NumPy is missing: Debian package python3-numpy")
class NumPyTests(unittest.TestCase):
    def decided(self, problem, form=None):
        def model(actions, metrics):
            return form([{"DRB.UEThpDl": 40 if actions else 10, "load": 55 if actions else 50}[name] for name in metrics], metrics)

        with rancognition.Cognition(seed=3) as core:
            decision = core.decide(problem) if form is None else core.decide_with(problem, model)
        return {name: value for name, value in decision.items() if name not in ("execution_time", "timing_ns")}

    def test_a_model_may_give_arrays_of_many_forms(self):
        expected = self.decided(PROBLEM, lambda values, metrics: values)
        self.assertTrue(expected["actions"])
        for form in (lambda values, metrics: numpy.array(values), lambda values, metrics: numpy.array(values, dtype=object), lambda values, metrics: numpy.repeat(numpy.array(values, dtype="float32"), 2)[::2],
                     lambda values, metrics: [numpy.float64(value) for value in values], lambda values, metrics: dict(zip(metrics, numpy.array(values)))):
            self.assertEqual(self.decided(PROBLEM, form), expected)
        for answer, kind, text in ((numpy.zeros(3), ValueError, "function: 3 numbers, must be 2"), (numpy.zeros((2, 1)), TypeError, "must be a number, not list"), (numpy.array(["a", "b"]), TypeError, "must be a number, not str")):
            with self.assertRaises(kind) as caught:
                self.decided(PROBLEM, lambda values, metrics, answer=answer: answer)
            self.assertIn(text, str(caught.exception))

    @unittest.skipUnless(pandas, "pandas is missing: Debian package python3-pandas")
    def test_a_column_of_pandas_is_read_by_its_labels_where_it_has_some(self):
        expected = self.decided(PROBLEM, lambda values, metrics: values)
        for form in (lambda values, metrics: pandas.Series(values), lambda values, metrics: pandas.Series(values, index=metrics), lambda values, metrics: pandas.Series(values[::-1], index=metrics[::-1]),
                     lambda values, metrics: pandas.Series([5, *values], index=["other", *metrics])):
            self.assertEqual(self.decided(PROBLEM, form), expected)

    def test_problems_and_messages_hold_arrays(self):
        problem = handovers("too_late")
        arrays = {key: {**series, "values": numpy.array(series["values"])} for key, series in problem["history"].items()}
        self.assertEqual(self.decided({**problem, "history": arrays, "time_ns": numpy.int64(NOW)}), self.decided(problem))
        with rancognition.Cognition(seed=3) as core:
            rows = [{**row, "time_ns": numpy.uint64(NOW + place * QUARTER), "value": numpy.float32(row["value"])} for place, row in enumerate(ROWS)]
            self.assertEqual(core.ingest({"rows": rows})["samples"], len(ROWS))
            self.assertEqual(core.report_outcome(core.decide(PROBLEM)["decision_id"], {"load": numpy.float64(5)}, time_ns=numpy.int64(NOW))["verdict"], "WATCHING")


if __name__ == "__main__":
    unittest.main()
