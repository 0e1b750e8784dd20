"""The memory core with NumPy (and pandas, optional): nothing is copied that need not be, arrays come out."""

import math
import unittest

import rancognition
from rancognition import _raw
from rancognition._episodes import Episodes, matrix_of, vector_of

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
        self.memory = rancognition.Memory()
        self.addCleanup(self.memory.close)
        self.vectors = numpy.random.default_rng(1).random((300, 12), dtype=numpy.float32)

    def test_contiguous_floats_are_not_copied_also_when_read_only(self):
        rows = Episodes(self.vectors, None, None, None, None, None, None)
        first = (_raw.rancog_episode * 300).from_address(rows._words.buffer_info()[0])
        self.vectors[7, 3] = 55
        self.assertEqual(first[7].vector[3], 55)
        self.vectors.flags.writeable = False
        self.assertTrue(numpy.shares_memory(numpy.asarray(matrix_of(self.vectors, "vectors")[0]), self.vectors))
        self.assertTrue(numpy.shares_memory(numpy.asarray(vector_of(self.vectors[4], "vector").memory), self.vectors))
        self.assertEqual(list(self.memory.append(self.vectors)), list(range(1, 301)))

    def test_what_comes_out_is_numpy_and_the_nearest_are_those_of_a_comparison_with_all(self):
        times = numpy.datetime64("2024-05-01T00:00", "s") + numpy.arange(300)
        rewards = numpy.where(numpy.arange(300) % 5 == 0, numpy.nan, numpy.arange(300) / 10)
        ids = self.memory.append(self.vectors, times=times, cells=numpy.array(["c0", "c1"] * 150), rewards=rewards, success=numpy.arange(300) % 3 == 0)
        self.assertEqual((ids.dtype, ids.shape), (numpy.uint64, (300,)))
        query = self.vectors[0] + numpy.float32(0.25)
        hits = self.memory.search(query, 20, cell="c1", success=False)
        self.assertEqual([column.dtype for column in hits], [numpy.uint64, numpy.float64, numpy.uint64, numpy.float64])
        distances = numpy.linalg.norm(self.vectors.astype(float) - query.astype(float), axis=1)
        right = [i for i in numpy.argsort(distances, kind="stable") if i % 2 == 1 and i % 3][:20]
        self.assertEqual(hits.ids.tolist(), [i + 1 for i in right])
        numpy.testing.assert_allclose(hits.distances, distances[right], rtol=1e-12)
        self.assertEqual(hits.times.tolist(), times[right].astype("datetime64[ns]").astype(numpy.int64).tolist())
        numpy.testing.assert_array_equal(hits.rewards, rewards[right])
        hits.ids[0] = 5  # a copy of the caller's own
        self.assertEqual(self.memory.search(query, 20, cell="c0", min_reward=1e9).ids.shape, (0,))
        self.assertIsInstance(self.memory.search(query.tolist(), 1).ids, list)

    def test_other_layouts_and_types_are_converted(self):
        wide = self.vectors.astype(float)
        for given in (wide, numpy.asfortranarray(self.vectors), self.vectors[::1, ::-1][:, ::-1], wide.astype(">f4"), list(self.vectors), wide.astype(object)):
            memory, lengths, _ = matrix_of(given, "vectors")
            numpy.testing.assert_array_equal(numpy.asarray(memory).reshape(300, 12), self.vectors)
            self.assertEqual(set(lengths), {12})
        numpy.testing.assert_array_equal(numpy.asarray(matrix_of(self.vectors[::3], "vectors")[0]), self.vectors[::3])
        self.assertEqual(self.memory.append(numpy.eye(3, dtype=bool)).tolist(), [1, 2, 3])
        self.assertEqual(self.memory.store({"vector": self.vectors[0][:3], "reward": numpy.float32(0.5)}), 4)
        self.assertEqual(self.memory.recall(vector=self.vectors[0][:3], k=1)["hits"][0]["distance"], 0)

    def test_arrays_that_are_no_vectors_are_refused(self):
        for kind, text, given in ((ValueError, "vectors: must have two dimensions, has 1", self.vectors[0]), (ValueError, "has 3", self.vectors[None]),
                                  (TypeError, "must be numbers", numpy.array([["a"]])), (ValueError, "episodes/1/vector/2", [[1, 2, 3], [1, 2, math.nan]]),
                                  (ValueError, "has 0 elements", self.vectors[:0]), (ValueError, "episodes/0", self.vectors[:, :0]),
                                  (ValueError, "episodes/0/vector/0", numpy.ma.masked_array([[1.0, 2.0]], [[True, False]]))):
            with self.subTest(text), self.assertRaises(kind) as caught:
                self.memory.append(given)
            self.assertIn(text, str(caught.exception))

    def test_nan_in_columns_of_texts_is_none(self):
        self.memory.append(self.vectors[:3], cells=numpy.array(["a", None, math.nan], dtype=object), documents=[math.nan, None, {"text": "x"}])
        self.assertEqual([hit["episode"].get("cell") for hit in self.memory.recall(vector=self.vectors[0])["hits"] if hit["id"] > 1], [None, None])
        self.assertEqual(self.memory.search(self.vectors[0], 3, cell="a").ids.tolist(), [1])

    @unittest.skipUnless(pandas, "pandas is missing: Debian package python3-pandas")
    def test_tables_and_columns_of_pandas(self):
        table = pandas.DataFrame({"x": [1.0, 2.0, 3.0], "y": [4.0, 5.0, 6.0], "cell": ["a", "b", None], "good": pandas.array([True, None, False], dtype="boolean")})
        ids = self.memory.append(table[["x", "y"]], cells=table["cell"], success=table["good"], times=pandas.date_range("2024-01-01", periods=3))
        self.assertEqual(ids.tolist(), [1, 2, 3])
        self.assertEqual(self.memory.search(table.loc[1, ["x", "y"]], 1).ids.tolist(), [2])
        self.assertEqual(self.memory.search([2, 5], 3, success=False).ids, [3])


if __name__ == "__main__":
    unittest.main()
