"""Real calls of a scheduler through the built library. Run from src/python: python3 -m unittest discover"""

import gc
import threading
import time
import unittest

import rancognition
from rancognition import _raw


class SchedulerTests(unittest.TestCase):
    def setUp(self):
        self.before = rancognition.buffers_outstanding()
        self.scheduler = rancognition.Scheduler(mode="virtual")

    def tearDown(self):
        self.scheduler.close()
        self.assertEqual(rancognition.buffers_outstanding(), self.before)

    def test_tasks_run_in_order_and_replies_come_back(self):
        seen = []

        def note(task):
            seen.append((task.id, task.data))
            return [len(seen), None, float("nan")]

        self.assertEqual(self.scheduler.register_handler("note", note), 1)
        late = self.scheduler.schedule_task(20, 0, {"Custom": "note"}, b"\x00\xff")
        second = self.scheduler.schedule_task(10, 9, {"Custom": "note"}, {"a": 1})
        first = self.scheduler.schedule_task(10, 1, {"Custom": "note"}, "text")
        self.assertEqual(self.scheduler.get_next_execution_time(), 10)
        self.scheduler.advance_time(20)
        result = self.scheduler.execute_ready_tasks(2)
        self.assertEqual(seen, [(first, b"text"), (second, b'{"a":1}')])
        self.assertEqual([task["data"] for task in result["tasks_executed"]], [{"Ok": [1, None, None]}, {"Ok": [2, None, None]}])
        self.assertEqual(result["total_tasks"], 1)
        self.scheduler.execute_ready_tasks()
        self.assertEqual(seen[2], (late, b"\x00\xff"))
        self.assertIsNone(self.scheduler.get_next_execution_time())
        self.assertEqual(self.scheduler.get_queue_status()["completed_tasks"], 3)

    def test_an_exception_in_a_handler_is_a_failed_task(self):
        def bad(_):
            raise ValueError("no such cell")

        self.scheduler.register_handler("bad", bad)
        self.scheduler.register_handler("worse", lambda _: object())
        self.scheduler.register_handler("good", lambda _: b"plain")
        for priority, name in enumerate(["bad", "worse", "good"]):
            self.scheduler.schedule_task(0, priority, {"Custom": name})
        results = self.scheduler.execute_ready_tasks()["tasks_executed"]
        self.assertEqual([task["success"] for task in results], [False, False, True])
        self.assertEqual(results[0]["error"], "ValueError: no such cell")
        self.assertIn("TypeError", results[1]["data"]["Err"])
        self.assertEqual(results[2]["data"], {"Ok": "plain"})

    def test_what_is_no_exception_passes_through_the_call(self):
        def interrupted(_):
            raise KeyboardInterrupt

        self.scheduler.register_handler("interrupted", interrupted)
        self.scheduler.schedule_task(0, 0, {"Custom": "interrupted"})
        with self.assertRaises(KeyboardInterrupt):
            self.scheduler.execute_ready_tasks()
        self.scheduler.schedule_task(0, 0, {"Custom": "interrupted"})
        with self.assertRaises(KeyboardInterrupt):
            self.scheduler.execute_ready_batch()
        with rancognition.Scheduler() as real:
            real.register_handler("interrupted", interrupted)
            real.schedule_task(0, 0, {"Custom": "interrupted"})
            with self.assertRaises(KeyboardInterrupt):
                real.run()  # it ends

    def test_after_what_is_no_exception_run_leaves_the_rest_pending_and_the_others_do_it(self):
        def interrupted(_):
            raise KeyboardInterrupt

        for execute, left in ((lambda core: core.run(until_ns=100), 3), (lambda core: core.execute_ready_tasks(), 0), (lambda core: core.execute_ready_tasks(2), 2),
                              (lambda core: core.execute_ready_batch(), 0)):
            with rancognition.Scheduler(mode="virtual") as scheduler:
                scheduler.register_handler("interrupted", interrupted)
                scheduler.register_handler("other", lambda task: None)
                for number, name in enumerate(("interrupted", "other", "other", "other")):
                    scheduler.schedule_task(10 + number, 0, {"Custom": name})
                if left != 3:
                    scheduler.advance_time(100)
                with self.assertRaises(KeyboardInterrupt):
                    execute(scheduler)
                self.assertEqual(scheduler.get_queue_status()["pending_tasks"], left)

    def test_callbacks_stay_alive_and_may_use_the_scheduler(self):
        left = [5]

        def chain(_):
            gc.collect()
            left[0] -= 1
            if left[0]:
                self.scheduler.schedule_task(0, 0, {"Custom": "chain"})
            with self.assertRaises(rancognition.RanCognitionError) as caught:
                self.scheduler.execute_ready_tasks()
            return caught.exception.status

        self.scheduler.register_handler("chain", chain)
        del chain
        gc.collect()
        self.scheduler.schedule_task(0, 0, {"Custom": "chain"})
        results = self.scheduler.execute_ready_tasks()["tasks_executed"]
        self.assertEqual([task["data"]["Ok"] for task in results], [_raw.RANCOG_E_BUSY] * 5)

    def test_a_scheduler_without_an_owner_is_destroyed(self):
        scheduler = rancognition.Scheduler(mode="virtual")
        scheduler.register_handler("note", lambda _: None)
        handle = scheduler._handle
        lib = scheduler._lib
        gc.disable()
        try:
            del scheduler  # no cycle keeps it
        finally:
            gc.enable()
        self.assertEqual(lib.rancog_scheduler_cancel_task(handle, 1), _raw.RANCOG_E_INVALID_HANDLE)

    def test_a_temporal_analysis_runs_as_a_task(self):
        self.scheduler.schedule_task(0, 0, "TemporalAnalysis", {"id": "p1", "network_id": "n", "current_state": {"RRU.PrbTotDl": 65}})
        (result,) = self.scheduler.execute_ready_tasks()["tasks_executed"]
        self.assertEqual(result["data"]["Ok"]["problem_id"], "p1")

    def test_series_dependencies_and_retries(self):
        answers = iter([1 / 3, ValueError, "done"])

        def flaky(_):
            answer = next(answers)
            if answer is ValueError:
                raise answer
            return answer

        self.scheduler.register_handler("flaky", flaky)
        first = self.scheduler.schedule_task(0, 0, {"Custom": "flaky"})
        self.scheduler.schedule_task(0, 0, {"type": {"Custom": "flaky"}, "after": [first], "retry": {"attempts": 2, "backoff_ns": 5}})
        results = self.scheduler.execute_ready_tasks()["tasks_executed"]
        self.assertEqual([task.get("retry_at") for task in results], [None, 5])
        self.scheduler.advance_time(5)
        (again,) = self.scheduler.execute_ready_tasks()["tasks_executed"]
        self.assertEqual((again["attempt"], again["data"]), (2, {"Ok": "done"}))
        base = self.scheduler.schedule_recurring_task(10, 0, "StrangeLoop", max_executions=4)
        self.scheduler.cancel_task(base + 3)
        self.assertIsNone(self.scheduler.get_next_execution_time())

    def test_batches_go_in_and_outcomes_come_out(self):
        total = []
        number = self.scheduler.register_handler("add", lambda task: total.append(task.payload))
        ids = self.scheduler.schedule_batch([(number, 5, 100), (number, 4, 2**64 - 1), (number, 4), (number, 4, 7, 1, 2, 2)])
        self.scheduler.advance_time(10)
        outcomes = self.scheduler.execute_ready_batch(2)
        self.assertEqual([(outcome.task_id, outcome.payload, outcome.lateness_ns) for outcome in outcomes], [(ids[1], 2**64 - 1, 6), (ids[2], 0, 6)])
        self.assertEqual(outcomes[0], rancognition.Outcome(ids[1], 4, 6, number, 0, 2**64 - 1))
        self.assertEqual(len(self.scheduler.execute_ready_batch()), 3)
        self.assertEqual(total, [2**64 - 1, 0, 7, 100, 7])
        with self.assertRaises(rancognition.RanCognitionError):
            self.scheduler.schedule_batch([(number + 1, 5)])

    def test_a_queue_is_saved_and_restored(self):
        task = self.scheduler.schedule_task(7, 3, {"Custom": 'ü "x"'}, b"\x00\xff")
        snapshot = self.scheduler.snapshot()
        with rancognition.Scheduler(mode="virtual") as other:
            other.restore(snapshot)
            self.assertEqual(other.snapshot(), snapshot)
            other.reschedule_task(task, 9)
            self.assertEqual(other.get_next_execution_time(), 9)

    def test_a_run_ends_by_time_flag_and_close(self):
        with rancognition.Scheduler() as real:
            stop = rancognition.StopFlag()
            times = []
            real.register_handler("note", lambda task: times.append(rancognition.nanotime()))
            real.register_handler("stop", lambda task: stop.set())
            due = rancognition.nanotime() + 5_000_000
            real.schedule_task(due, 0, {"Custom": "note"})
            real.run(due + 1_000_000)
            self.assertEqual(len(times), 1)
            self.assertGreaterEqual(times[0], due)
            real.schedule_task(0, 0, {"Custom": "stop"})
            real.run(stop=stop)
        real = rancognition.Scheduler()
        begun = threading.Event()
        real.register_handler("begin", lambda task: begun.set())
        real.schedule_task(0, 0, {"Custom": "begin"})
        runner = threading.Thread(target=real.run)
        runner.start()
        self.assertTrue(begun.wait(60))
        time.sleep(0.01)
        real.close()
        runner.join(60)
        self.assertFalse(runner.is_alive())

    def test_errors_carry_status_and_the_librarys_message(self):
        with self.assertRaises(rancognition.RanCognitionError) as caught:
            self.scheduler.schedule_task(0, 0, "Nothing")
        self.assertEqual(caught.exception.status, _raw.RANCOG_E_INVALID_JSON)
        self.assertTrue(str(caught.exception).startswith("type: "))
        with self.assertRaises(rancognition.RanCognitionError) as caught:
            self.scheduler.cancel_task(5)
        self.assertEqual(caught.exception.status_name, "RANCOG_E_NOT_FOUND")
        with self.assertRaises(rancognition.RanCognitionError):
            rancognition.Scheduler(capacity=0)
        self.assertEqual(rancognition.Scheduler(speed=9).get_queue_status()["ignored"], [{"field": "/speed", "reason": "unknown field"}])
        self.scheduler.close()
        with self.assertRaises(rancognition.RanCognitionError) as caught:
            self.scheduler.get_queue_status()
        self.assertEqual(caught.exception.status, _raw.RANCOG_E_INVALID_HANDLE)


if __name__ == "__main__":
    unittest.main()
