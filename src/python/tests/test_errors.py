"""Bad input gives Python's natural error, with the library's message."""

import copy
import math
import os
import pickle
import subprocess
import tempfile
import unittest
from unittest import mock

import rancognition
from rancognition import _errors, _library, _raw

HUGE = 2**64


class ErrorTests(unittest.TestCase):
    def test_every_status_has_its_class_and_survives_pickling(self):
        for status, name in _raw.STATUS_NAMES.items():
            if status == 0:
                continue
            error = _errors.of_status(status, "argument: reason")
            self.assertIsNot(type(error), rancognition.RanCognitionError, name)
            again = pickle.loads(pickle.dumps(error))
            self.assertEqual((type(again), again.status, again.name, str(again)), (type(error), status, name, "argument: reason"))

    def test_a_status_of_a_newer_library_is_kept(self):
        error = _errors.of_status(-77, "new")
        self.assertEqual((error.status, error.name, str(error)), (-77, "-77", "new"))

    def test_errors_are_those_that_python_would_raise(self):
        for kind, natural in ((rancognition.InvalidArgument, ValueError), (rancognition.InvalidJson, ValueError), (rancognition.NotFound, LookupError),
                              (rancognition.OutOfMemory, MemoryError), (rancognition.Limit, ValueError), (rancognition.Busy, RuntimeError),
                              (rancognition.StorageError, OSError)):
            self.assertTrue(issubclass(kind, natural) and issubclass(kind, rancognition.RanCognitionError))

    def assertSays(self, kind, text, call, *arguments, **options):
        with self.assertRaises(kind) as caught:
            call(*arguments, **options)
        self.assertIn(text, str(caught.exception))

    def test_a_number_that_its_c_type_cannot_hold_is_refused_and_not_cut_off(self):
        with rancognition.Temporal() as core, rancognition.Scheduler(mode="virtual") as scheduler:
            number = scheduler.register_handler("h", lambda task: None)
            for text, call in (
                ("step_ns: -1", lambda: core.forecast([1, 2], -1, 1)),
                ("step_ns: ", lambda: core.forecast([1, 2], HUGE, 1)),
                ("horizon: -1", lambda: core.forecast([1, 2], 1, -1)),
                ("horizon_ns: -5", lambda: core.predict_future_states({}, -5)),
                ("thread_count: -1", lambda: core.parallel_temporal_analysis([], -1)),
                ("priority: 256", lambda: scheduler.schedule_task(0, 256, "TemporalAnalysis")),
                ("execute_time: -1", lambda: scheduler.schedule_task(-1, 0, "TemporalAnalysis")),
                ("max_executions: 4294967296", lambda: scheduler.schedule_recurring_task(1, 0, "TemporalAnalysis", max_executions=2**32)),
                ("tasks[1].priority: 300", lambda: scheduler.schedule_batch([(number, 1), (number, 1, 0, 300)])),
                ("tasks[0]: has 1 fields", lambda: scheduler.schedule_batch([(number,)])),
                ("task_id: -1", lambda: scheduler.cancel_task(-1)),
                ("max_tasks: -1", lambda: scheduler.execute_ready_batch(-1)),
            ):
                with self.subTest(text):
                    self.assertSays(rancognition.InvalidArgument, text, call)
            self.assertEqual(scheduler.get_queue_status()["pending_tasks"], 0)

    def test_what_is_no_number_is_named_with_its_place(self):
        with rancognition.Temporal() as core:
            self.assertSays(TypeError, "values[2]: must be a number, not str", core.forecast, [1, None, "3"], 1, 1)
            self.assertSays(TypeError, "values: must be numbers, not str", core.forecast, "123", 1, 1)
            self.assertSays(TypeError, "values: must be numbers, not bytes", core.forecast, b"123", 1, 1)
            self.assertSays(TypeError, "values: must be numbers, not int", core.forecast, 5, 1, 1)
            self.assertSays(TypeError, "step_ns: must be a whole number, not float", core.forecast, [1, 2], 1.5, 1)
            self.assertSays(TypeError, "coverage: must be a number, not str", core.forecast, [1, 2], 1, 1, "0.9")
            self.assertSays(TypeError, "network_id: must be str", core.observe, 7, "m", [1], [1])
            self.assertSays(TypeError, "times[0]: must be a number", core.observe, "n", "m", [None], [1])
            self.assertSays(OverflowError, "", core.observe, "n", "m", [-1], [1])
            self.assertSays(ValueError, "values: 1 for 2 times", core.observe, "n", "m", [1, 2], [1])
            self.assertSays(TypeError, "has no form in JSON", core.expand_subjective_time, {"id": object()})
            self.assertSays(TypeError, "host: must be a Host, not int", rancognition.Temporal, host=5)

    def test_the_librarys_own_bounds_come_through(self):
        with rancognition.Temporal() as core:
            self.assertSays(rancognition.InvalidArgument, "values: has 0 elements", core.forecast, [], 1, 1)
            self.assertSays(ValueError, "horizon: ", core.forecast, [1, 2], 1, 0)
            self.assertSays(ValueError, "horizon: ", core.forecast, [1, 2], 1, 100_001)
            self.assertSays(ValueError, "horizon: ", core.forecast, [1, 2], 1, 2**62)
            self.assertSays(ValueError, "coverage: ", core.forecast, [1, 2], 1, 1, math.nan)
            self.assertSays(ValueError, "level: ", core.set_consciousness_level, math.nan)
            self.assertSays(rancognition.InvalidJson, "problem", core.expand_subjective_time, b"\xff{")

    def test_a_list_that_holds_itself_is_refused(self):
        problem = {"id": "p"}
        problem["history"] = problem
        with rancognition.Temporal() as core:
            self.assertSays(ValueError, "ircular", core.expand_subjective_time, problem)

    def test_what_was_closed_says_so(self):
        for thing, use in ((rancognition.Temporal(), lambda core: core.get_performance_metrics()), (rancognition.Scheduler(), lambda core: core.snapshot()),
                           (rancognition.Pool(), lambda pool: pool.allocate(1)), (rancognition.Loader(), lambda loader: loader.load("temporal")),
                           (rancognition.Memory(), lambda memory: memory.stats())):
            self.assertFalse(thing.closed)
            thing.close()
            thing.close()
            self.assertTrue(thing.closed)
            self.assertSays(rancognition.InvalidHandle, f"this {type(thing).__name__} is closed", use, thing)
            self.assertIn("closed", repr(thing))

    def test_objects_are_neither_pickled_nor_copied_and_say_what_to_do(self):
        with rancognition.Loader() as loader:
            for thing in (rancognition.Temporal(), rancognition.Scheduler(), rancognition.Pool(), rancognition.Memory(), loader, loader.load("temporal"), rancognition.Host()):
                self.assertSays(TypeError, "in each process", pickle.dumps, thing)
                self.assertSays(TypeError, "in each process", copy.copy, thing)


class LibraryFileTests(unittest.TestCase):
    def loading(self, path):
        with mock.patch.dict(os.environ, RANCOGNITION_LIBRARY=path), self.assertRaises(OSError) as caught:
            _library._load(_library.library_path())
        self.assertIn(path, str(caught.exception))
        self.assertIn("RANCOGNITION_LIBRARY", str(caught.exception))
        return str(caught.exception)

    def test_a_file_that_is_no_library_is_told_with_the_systems_reason(self):
        with tempfile.NamedTemporaryFile(suffix=".so") as file:
            file.write(b"not a library, but long enough to be read as far as its header goes" * 10)
            file.flush()
            self.assertIn("could not be loaded", self.loading(file.name))

    def test_another_library_and_an_old_one_are_told(self):
        for source, said in (("int nothing;", "no function rancog_abi_version"),
                             ("unsigned rancog_abi_version(void) { return 99; } const char *rancog_version_string(void) { return \"9.9.9\"; }", "version 9.9.9 with ABI 99"),
                             ("unsigned rancog_abi_version(void) { return 0; } const char *rancog_version_string(void) { return \"0.1.0\"; }", "0.1.0, too old")):
            with self.subTest(said), tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "librancognition.so")
                built = subprocess.run(["gcc", "-shared", "-fPIC", "-x", "c", "-", "-o", path], input=source, text=True, capture_output=True, check=False)
                self.assertEqual(built.returncode, 0, built.stderr)
                self.assertIn(said, self.loading(path))

    def test_when_there_is_none_the_error_tells_where_it_was_looked_for(self):
        with mock.patch.dict(os.environ), mock.patch("ctypes.util.find_library", lambda _: None), mock.patch("rancognition._cpu_level.best_in", lambda *_: None):
            os.environ.pop("RANCOGNITION_LIBRARY", None)
            with self.assertRaisesRegex(OSError, r"not found in .*rancognition or .*build.lib.*RANCOGNITION_LIBRARY"):
                _library.library_path()


if __name__ == "__main__":
    unittest.main()
