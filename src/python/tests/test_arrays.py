"""Arrays of every kind give what a plain list of the same numbers gives; NumPy in, NumPy out; nothing is copied without need."""

import math
import random
import unittest
from array import array

import rancognition
from rancognition import _arrays, simd

try:
    import numpy
except ImportError:
    numpy = None
try:
    import pandas
except ImportError:
    pandas = None

HOUR = 3_600_000_000_000


def series(seed, samples=300):
    noise = random.Random(seed)
    return [None if noise.random() < 0.05 else 50 + 20 * math.sin(t * math.pi / 12) + noise.gauss(0, 2) for t in range(samples)]


def known(values):
    return [math.nan if value is None else value for value in values]


class PlainTests(unittest.TestCase):
    def test_all_plain_forms_give_the_same(self):
        with rancognition.Temporal() as core:
            for seed in range(4):
                values = series(seed)
                expected = core.forecast(values, HOUR, 5)
                doubles = array("d", known(values))
                for form in (known(values), tuple(values), iter(values), doubles, memoryview(doubles), memoryview(bytes(doubles)).cast("d")):
                    self.assertEqual(core.forecast(form, HOUR, 5), expected)
                self.assertIsInstance(expected.mean, list)
                self.assertEqual((expected.mean, expected.lower, expected.upper), tuple(expected))

    def test_other_item_types_and_steps_are_converted(self):
        whole = [i % 24 + (i * 7) % 5 for i in range(200)]
        with rancognition.Temporal() as core:
            expected = core.forecast(whole, HOUR, 5)
            spread = array("d", [x for value in whole for x in (value, -1.0)])
            for form in (array("i", whole), array("f", whole), array("B", whole), memoryview(spread)[::2]):
                self.assertEqual(core.forecast(form, HOUR, 5), expected)

    def test_an_array_in_use_is_not_copied_also_when_it_is_read_only(self):
        doubles = array("d", [1, 2, 3])
        self.assertEqual(_arrays.address_of(memoryview(doubles)), doubles.buffer_info()[0])
        content = bytes(doubles)
        view = memoryview(content).cast("d")
        numbers = _arrays.numbers_of(view, "values")
        self.assertEqual(numbers.first.value, 1)
        self.assertEqual(_arrays.ctypes.addressof(numbers.first), _arrays.address_of(view))
        held = _arrays.numbers_of(doubles, "values")
        self.assertEqual(_arrays.ctypes.addressof(held.first), doubles.buffer_info()[0])
        with self.assertRaises(BufferError):
            doubles.append(4)  # it cannot move while the library reads it
        self.assertEqual(len(held), 3)

    def test_more_than_one_dimension_is_refused(self):
        with rancognition.Temporal() as core, self.assertRaisesRegex(ValueError, "values: must have one dimension, has 2"):
            core.forecast(memoryview(bytes(64)).cast("d", (2, 4)), HOUR, 1)

    def test_results_in_json_and_parsed_are_the_same(self):
        import json
        with rancognition.Scheduler(mode="virtual") as scheduler, rancognition.Temporal() as core:
            self.assertEqual(json.loads(scheduler.snapshot_json()), scheduler.snapshot())
            timeline = {"id": "t", "metrics": {"m": {"start_ns": 0, "step_ns": HOUR, "values": series(1)}}, "constraints": []}
            self.assertEqual(json.loads(core.analyze_temporal_patterns_json(timeline)), core.analyze_temporal_patterns(timeline))
            text = core.predict_future_states_json(json.dumps(timeline), HOUR)
            self.assertEqual(text, core.predict_future_states_json(json.dumps(timeline).encode(), HOUR))
            self.assertIsInstance(text, bytes)


class KernelTests(unittest.TestCase):
    def test_kernels_agree_with_plain_arithmetic_in_single_precision(self):
        for seed in range(5):
            noise = random.Random(seed)
            a, b, c = (array("f", [noise.uniform(-2, 2) for _ in range(1 + seed * 37)]) for _ in range(3))
            product = array("f", [x * y for x, y in zip(a, c)])
            self.assertEqual(simd.vectorized_pattern_matching(a, b, c), [p >= t for p, t in zip(product, b)])
            expected = a
            for _ in range(3):
                expected = array("f", [x * y for x, y in zip(expected, b)])
            self.assertEqual(simd.parallel_temporal_computation(a, b, 3), expected.tolist())
            self.assertEqual(simd.parallel_temporal_computation(list(a), iter(b), 3), expected.tolist())

    def test_bad_lengths_and_counts_are_refused(self):
        with self.assertRaisesRegex(ValueError, "factors: has 1 elements, must have 2"):
            simd.vectorized_pattern_matching([1, 2], [1, 2], [1])
        with self.assertRaises(rancognition.InvalidArgument):
            simd.parallel_temporal_computation([], [])
        with self.assertRaises(rancognition.InvalidArgument):
            simd.parallel_temporal_computation([1], [1], -1)
        with self.assertRaises(rancognition.Limit):
            simd.parallel_temporal_computation([1], [1], 2**21)


@unittest.skipUnless(numpy, "NumPy is missing: Debian package python3-numpy")
class NumPyTests(unittest.TestCase):
    def setUp(self):
        self.core = rancognition.Temporal()
        self.addCleanup(self.core.close)

    def test_every_dtype_and_layout_gives_what_the_list_gives_as_arrays(self):
        values = [i % 24 + (i * 7) % 5 for i in range(200)]
        expected = self.core.forecast(values, HOUR, 5)
        doubles = numpy.array(values, float)
        frozen = doubles.copy()
        frozen.flags.writeable = False
        packed = numpy.zeros(200, numpy.dtype([("c", "i1"), ("v", "f8")]))
        packed["v"] = values
        for form in (doubles, frozen, doubles.repeat(3)[::3], doubles[::-1][::-1], doubles.astype(">f8"), doubles.astype("f4"), doubles.astype("i8"),
                     doubles.astype("u1"), doubles.astype(object), packed["v"], numpy.ma.array(doubles), numpy.column_stack([doubles, doubles])[:, 1]):
            result = self.core.forecast(form, HOUR, 5)
            for got, wanted in zip(result, expected):
                self.assertIsInstance(got, numpy.ndarray)
                self.assertEqual(got.tolist(), wanted)

    def test_contiguous_doubles_are_not_copied(self):
        for writeable in (True, False):
            doubles = numpy.arange(10.0)
            doubles.flags.writeable = writeable
            for form in (doubles, doubles[3:7]):
                first = _arrays.numbers_of(form, "values").first
                self.assertEqual(_arrays.ctypes.addressof(first), form.__array_interface__["data"][0])

    def test_masked_and_missing_samples_are_nan(self):
        values = series(3)
        expected = self.core.score_anomalies(values, HOUR)
        masked = numpy.ma.array([0 if value is None else value for value in values], mask=[value is None for value in values])
        for form in (numpy.array(known(values)), numpy.array(values, object), masked):
            scores = self.core.score_anomalies(form, HOUR)
            self.assertEqual(scores.tolist(), expected)
        self.assertEqual(self.core.detect_anomalies(masked, HOUR).dtype, bool)
        self.assertEqual(self.core.detect_anomalies(masked, HOUR).tolist(), self.core.detect_anomalies(values, HOUR))

    def test_change_points_are_an_array_of_indices(self):
        values = numpy.repeat([10.0, 40.0], 100) + numpy.arange(200) % 3
        found = self.core.detect_change_points(values)
        self.assertEqual((found.tolist(), found.dtype.kind), ([100], "u"))

    def test_times_may_be_numbers_or_dates(self):
        dates = numpy.datetime64("2024-05-01T00:00") + numpy.arange(4) * numpy.timedelta64(15, "m")
        for times in (dates, dates.astype("datetime64[ns]").astype("i8"), dates.astype("datetime64[ns]").astype("u8")):
            with rancognition.Temporal() as core:
                core.observe("n", "m", times, numpy.ones(4))
                problem = {"id": "p", "network_id": "n", "current_state": {"m": 1}, "include_timeline": True}
                self.assertIn("1714521600000000000", core.expand_subjective_time_json(problem).decode())
        with self.assertRaisesRegex(OverflowError, r"times\[1\]"):
            self.core.observe("n", "m", numpy.array(["2024-05-01", "NaT"], "datetime64[D]"), [1, 2])
        with self.assertRaises(TypeError):
            self.core.observe("n", "m", numpy.array([1.5, 2.5]), [1, 2])

    def test_what_is_no_series_of_numbers_is_refused(self):
        for form, kind in ((numpy.array(["1", "2"]), TypeError), (numpy.array([1j]), TypeError), (numpy.zeros((2, 2)), ValueError),
                           (numpy.float64(3), Exception), (numpy.array(3.0), ValueError), (numpy.array([object()]), TypeError), (numpy.zeros(0), ValueError)):
            with self.assertRaises(kind):
                self.core.forecast(form, HOUR, 2)

    def test_arrays_and_numbers_inside_problems_become_json(self):
        values = numpy.array(known(series(5)))
        with_lists = {"id": "t", "metrics": {"m": {"start_ns": 0, "step_ns": HOUR, "values": values.tolist()}}, "constraints": []}
        with_arrays = {"id": "t", "metrics": {"m": {"start_ns": numpy.int64(0), "step_ns": numpy.uint64(HOUR), "values": values}}, "constraints": []}
        self.assertEqual(self.core.predict_future_states_json(with_arrays, numpy.int64(HOUR)), self.core.predict_future_states_json(with_lists, HOUR))

    def test_kernels_take_and_give_arrays(self):
        ones = numpy.arange(6, dtype="f4")
        found = simd.vectorized_pattern_matching(ones, ones * 0 + 6, ones * 0 + 2)
        self.assertEqual((found.tolist(), found.dtype), ([False] * 3 + [True] * 3, bool))
        result = simd.parallel_temporal_computation(ones[::2], numpy.full(3, 2.0), 2)
        self.assertEqual((result.tolist(), result.dtype), ([0.0, 8.0, 16.0], numpy.float32))

    def test_an_array_on_a_block_keeps_the_block(self):
        pool = rancognition.Pool()
        block = pool.allocate(800)
        numbers = numpy.frombuffer(block, "f8")
        numbers[:] = 7
        with self.assertRaises(BufferError):
            pool.deallocate(block)
        pool.close()
        del block
        self.assertEqual(numbers.sum(), 700)


@unittest.skipUnless(numpy and pandas, "pandas is missing: Debian package python3-pandas")
class PandasTests(unittest.TestCase):
    def test_columns_with_and_without_marks_for_missing_values_are_series(self):
        values = [None if i % 9 == 4 else float(i % 24) for i in range(200)]
        index = pandas.date_range("2024-05-01", periods=200, freq="h")
        with rancognition.Temporal() as core:
            expected = core.forecast(values, HOUR, 4)
            for column in (pandas.Series(values), pandas.Series(values, index=index, dtype="Float64"), pandas.Series(values, dtype="Int64")):
                result = core.forecast(column, HOUR, 4)
                self.assertIsInstance(result.mean, numpy.ndarray)
                self.assertEqual(result.mean.tolist(), expected.mean)
            core.observe("n", "m", index, pandas.Series(values))


if __name__ == "__main__":
    unittest.main()
