"""Real calls through the built library. Run from src/python: python3 -m unittest discover"""

import ctypes
import math
import os
import random
import subprocess
import sys
import threading
import unittest
from array import array

import rancognition
from rancognition import _library, _raw

QUARTER_HOUR = 900_000_000_000

PROBLEM = {
    "id": "p1",
    "network_id": "cell-7",
    "problem_type": "congestion",
    "objectives": ["minimize RRU.PrbTotDl"],
    "constraints": ["RRU.PrbTotDl <= 80"],
    "history": {
        "RRU.PrbTotDl": {
            "start_ns": 1_700_000_000_000_000_000,
            "step_ns": QUARTER_HOUR,
            "values": [41, 42, 44, 43, 47, 50, 49, 53, math.nan, 58, 57, 61, 64, 63, None, 70],
        }
    },
}


class LibraryTests(unittest.TestCase):
    def test_version_and_abi_are_those_of_the_package(self):
        self.assertEqual(_library.library().rancog_abi_version(), _raw.RANCOG_ABI_VERSION)
        self.assertEqual(rancognition.version(), _raw.VERSION)
        self.assertEqual(rancognition.runtime_info()["version"], _raw.VERSION)

    def test_clock_counts_nanoseconds_and_never_goes_back(self):
        first = rancognition.nanotime()
        self.assertGreater(first, 1_700_000_000_000_000_000)
        self.assertGreaterEqual(rancognition.nanotime(), first)

    def test_a_library_that_is_not_there_is_a_clear_error(self):
        environment = dict(os.environ, RANCOGNITION_LIBRARY="/nowhere/librancognition.so")
        package = os.path.dirname(os.path.dirname(rancognition.__file__))
        done = subprocess.run([sys.executable, "-c", "import rancognition; rancognition.version()"],
                              cwd=package, env=environment, capture_output=True, text=True, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("/nowhere/librancognition.so", done.stderr)


class TemporalTests(unittest.TestCase):
    def setUp(self):
        self.before = rancognition.buffers_outstanding()
        self.core = rancognition.Temporal()

    def tearDown(self):
        self.core.close()
        self.assertEqual(rancognition.buffers_outstanding(), self.before)

    def test_a_problem_is_analysed(self):
        result = self.core.expand_subjective_time(PROBLEM, [{"id": "c", "constraint_type": "max", "parameters": {"RRU.PrbTotDl": 90}, "priority": 1}])
        self.assertIsInstance(result["predictions"], list)
        self.assertTrue(0 <= result["confidence"] <= 1)
        self.assertIn("<html", rancognition.render_report(result).lower())
        self.assertGreater(self.core.get_performance_metrics()["total_executions"], 0)

    def test_many_problems_are_analysed(self):
        result = self.core.parallel_temporal_analysis([PROBLEM, PROBLEM], thread_count=2)
        self.assertIsInstance(result["results"], list)

    def test_timelines_are_analysed(self):
        timeline = {"id": "t", "metrics": PROBLEM["history"], "constraints": []}
        self.assertIsInstance(self.core.analyze_temporal_patterns(timeline), list)
        self.assertIsInstance(self.core.predict_future_states(timeline, 4 * QUARTER_HOUR), list)
        self.assertIsInstance(self.core.optimize_temporal_expansion(timeline), dict)

    def test_arrays_go_in_and_come_out(self):
        values = [50 + 20 * math.sin(i * math.pi / 12) for i in range(96)]
        mean, lower, upper = self.core.forecast(values, QUARTER_HOUR, 8, coverage=0.9)
        self.assertEqual([len(mean), len(lower), len(upper)], [8, 8, 8])
        self.assertTrue(all(math.isfinite(m) for m in mean))
        self.assertTrue(all(low <= high for low, high in zip(lower, upper)))
        self.assertEqual(self.core.forecast(array("d", values), QUARTER_HOUR, 8, coverage=0.9), (mean, lower, upper))
        self.assertTrue(all(score >= 0 for score in self.core.score_anomalies(values, QUARTER_HOUR)))
        self.assertEqual(len(self.core.detect_anomalies([None, *values], QUARTER_HOUR)), 97)
        self.core.observe("cell-7", "RRU.PrbTotDl", [1_700_000_000_000_000_000, 1_700_000_900_000_000_000], [41, None])

    def test_a_lasting_shift_of_the_level_is_found(self):
        noise = random.Random(1)
        values = [(10 if i < 120 else 40) + noise.gauss(0, 1) for i in range(200)]
        self.assertTrue(any(abs(index - 120) <= 1 for index in self.core.detect_change_points(values, QUARTER_HOUR)))

    def test_errors_carry_status_and_the_librarys_message(self):
        with self.assertRaises(rancognition.RanCognitionError) as caught:
            self.core.expand_subjective_time('{"id":')
        self.assertEqual(caught.exception.status, _raw.RANCOG_E_INVALID_JSON)
        self.assertEqual(caught.exception.status_name, "RANCOG_E_INVALID_JSON")
        self.assertTrue(str(caught.exception).startswith("problem"))
        with self.assertRaises(rancognition.RanCognitionError) as caught:
            self.core.forecast([], QUARTER_HOUR, 4)
        self.assertEqual(caught.exception.status, _raw.RANCOG_E_INVALID_ARGUMENT)
        with self.assertRaises(rancognition.RanCognitionError):
            rancognition.Temporal(expansion_factor=0)
        with self.assertRaises(ValueError):
            self.core.observe("cell-7", "m", [1, 2], [1.0])

    def test_a_closed_core_gives_invalid_handle(self):
        self.core.close()
        with self.assertRaises(rancognition.RanCognitionError) as caught:
            self.core.get_performance_metrics()
        self.assertEqual(caught.exception.status, _raw.RANCOG_E_INVALID_HANDLE)

    def test_threads_share_a_core(self):
        values = [50 + 20 * math.sin(i * math.pi / 12) for i in range(96)]
        expected = self.core.forecast(values, QUARTER_HOUR, 4)
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(self.core.forecast(values, QUARTER_HOUR, 4))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers, [expected] * 4)

    def test_the_hosts_clock_is_asked(self):
        asked = []

        def now(_):
            asked.append(1)
            return 1_700_000_000_000_000_000 + len(asked)

        host = _raw.rancog_host(struct_size=ctypes.sizeof(_raw.rancog_host), now_ns=_raw.rancog_host_now_ns(now))
        with rancognition.Temporal(host=host) as core:
            core.expand_subjective_time(PROBLEM)
        self.assertTrue(asked)


if __name__ == "__main__":
    unittest.main()
