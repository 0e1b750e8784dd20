"""Threads and processes: the interpreter's lock is released, closing is safe, children work or say why not."""

import gc
import math
import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
import time
import unittest

import rancognition

HOUR = 3_600_000_000_000
VALUES = [50 + 20 * math.sin(i * math.pi / 12) + i % 7 for i in range(1008)]


def forecast_in_child(count):
    with rancognition.Temporal() as core:
        return [core.forecast(VALUES, HOUR, 3).mean for _ in range(count)]


class ThreadTests(unittest.TestCase):
    def test_python_goes_on_while_another_thread_is_in_a_call(self):
        counted = [0]
        with rancognition.Scheduler() as scheduler:
            until = rancognition.nanotime() + 400_000_000
            runner = threading.Thread(target=scheduler.run, args=(until,))
            runner.start()
            while runner.is_alive():
                counted[0] += 1
                time.sleep(0.001)
        self.assertGreater(counted[0], 20)

    def test_two_threads_are_in_calls_at_the_same_time(self):
        # Each ends only when the other one has begun: with the lock held, they would wait for ever.
        inside = [threading.Event(), threading.Event()]
        met = []

        def meet(mine, other):
            def progress(share, stage):
                inside[mine].set()
                if inside[other].wait(30):
                    met.append(mine)

            with rancognition.Temporal(host=rancognition.Host(progress=progress)) as core:
                core.predict_future_states({"id": "t", "metrics": {"m": {"start_ns": 0, "step_ns": HOUR, "values": VALUES[:100]}}, "constraints": []}, HOUR)

        threads = [threading.Thread(target=meet, args=(i, 1 - i)) for i in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(met), [0, 1])

    def test_closing_while_others_are_in_calls_ends_nothing_but_later_calls(self):
        for _ in range(5):
            core = rancognition.Temporal()
            outcomes = []
            begun = threading.Barrier(4)

            def use():
                begun.wait()
                try:
                    while True:
                        outcomes.append(len(core.forecast(VALUES, HOUR, 3).mean))
                except rancognition.InvalidHandle as error:
                    outcomes.append(str(error))

            threads = [threading.Thread(target=use) for _ in range(3)]
            for thread in threads:
                thread.start()
            begun.wait()
            time.sleep(0.01)
            core.close()
            for thread in threads:
                thread.join(30)
                self.assertFalse(thread.is_alive())
            self.assertEqual([outcome for outcome in outcomes if outcome != 3], ["this Temporal is closed"] * 3)

    def test_an_object_that_nobody_holds_stays_while_its_call_runs(self):
        reached = threading.Event()
        go_on = threading.Event()

        def progress(share, stage):
            reached.set()
            go_on.wait(30)

        def call(held):
            results.append(held.pop().predict_future_states(
                {"id": "t", "metrics": {"m": {"start_ns": 0, "step_ns": HOUR, "values": VALUES[:100]}}, "constraints": []}, HOUR))

        results = []
        runner = threading.Thread(target=call, args=([rancognition.Temporal(host=rancognition.Host(progress=progress))],))
        runner.start()
        self.assertTrue(reached.wait(30))
        gc.collect()
        go_on.set()
        runner.join(30)
        self.assertGreater(len(results[0]), 0)

    def test_errors_of_threads_do_not_mix_while_objects_are_collected(self):
        wrong = []

        class Ring:  # collected by the garbage collector, in the middle of whatever runs
            def __init__(self):
                self.core, self.me = rancognition.Scheduler(mode="virtual"), self

        def work(task_id):
            with rancognition.Scheduler(mode="virtual") as scheduler:
                for _ in range(300):
                    Ring()
                    try:
                        scheduler.cancel_task(task_id)
                        wrong.append("no error")
                    except rancognition.NotFound as error:
                        if str(task_id) not in str(error):
                            wrong.append(str(error))

        previous = gc.get_threshold()
        gc.set_threshold(5)
        try:
            threads = [threading.Thread(target=work, args=(1000 + i,)) for i in range(3)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            gc.set_threshold(*previous)
        self.assertEqual(wrong, [])


@unittest.skipUnless(hasattr(os, "fork"), "no fork here")
class ProcessTests(unittest.TestCase):
    def test_children_that_are_spawned_use_the_library(self):
        expected = forecast_in_child(1)  # used here before the children are made
        for method in ("spawn", "forkserver"):
            with self.subTest(method), multiprocessing.get_context(method).Pool(2) as pool:
                self.assertEqual(pool.map(forecast_in_child, [1, 1]), [expected, expected])

    def test_a_fork_of_a_process_that_used_the_library_is_told_what_to_do(self):
        core = rancognition.Temporal()
        core.forecast([1, 2, 3], HOUR, 1)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            told = b""
            try:
                core.forecast([1, 2, 3], HOUR, 1)
            except rancognition.Forked as error:
                told += b"core " + str(error).encode()
            except BaseException as error:
                told += repr(error).encode()
            try:
                rancognition.Temporal()
            except rancognition.Forked:
                told += b"; new too"
            except BaseException as error:
                told += repr(error).encode()
            core.close()
            os.write(writing, told)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read().decode()
        os.waitpid(child, 0)
        self.assertTrue(told.startswith("core "), told)
        self.assertIn("; new too", told)
        self.assertIn("spawn", told)
        core.forecast([1, 2, 3], HOUR, 1)  # the parent goes on

    def test_a_fork_before_the_first_use_works(self):
        script = textwrap.dedent("""
            import multiprocessing, rancognition
            def mean(_):
                return rancognition.Temporal().forecast([5.0] * 20, 1, 2).mean
            with multiprocessing.get_context("fork").Pool(2) as pool:
                print(pool.map(mean, range(2)))
        """)
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        self.assertEqual(done.stdout, "[[5.0, 5.0], [5.0, 5.0]]\n", done.stderr)

    def test_a_program_that_closes_nothing_ends_quietly(self):
        script = textwrap.dedent("""
            import rancognition
            core, scheduler, pool = rancognition.Temporal(host=rancognition.Host(log=print)), rancognition.Scheduler(), rancognition.Pool()
            scheduler.register_handler("h", lambda task: None)
            block = pool.allocate(10)
            module = rancognition.Loader().load("scheduler").scheduler
        """)
        done = subprocess.run([sys.executable, "-X", "dev", "-c", script], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))


if __name__ == "__main__":
    unittest.main()
