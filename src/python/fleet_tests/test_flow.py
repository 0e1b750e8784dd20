"""How much is under way at a time, what is told of it, how it ends early; what is refused."""

import json
import os
import tempfile
import threading
import time
import unittest

from distributed import Client
from rancognition import fleet
from rancognition.fleet._gate import Gate

from fleet_tests import faults, kit

MIB = 1 << 20


def tasks_on(dask_scheduler):
    return len(dask_scheduler.tasks)


class FlowTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = cls.enterClassContext(kit.local())
        cls.client = cls.enterClassContext(Client(cls.cluster, set_as_default=False))

    def wait_until(self, condition, seconds=20):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, "it does not come")
            time.sleep(0.02)

    def slowed(self, seconds, log=os.devnull):
        self.client.register_worker_plugin(faults.Slow(seconds, log))
        self.addCleanup(self.client.unregister_worker_plugin, faults.Slow.name)

    def test_a_generator_is_read_no_further_than_what_is_under_way(self):
        read = 0

        def source():
            nonlocal read
            for number in range(400):
                read += 1
                yield json.dumps(kit.problem(number))

        most = 0
        count = 0
        for count, _ in enumerate(fleet.analyze(self.client, source(), partition_size=5, expansion_factor=5), 1):
            most = max(most, read - count)
        self.assertEqual((count, read), (400, 400))
        # Two workers with one thread have two partitions each; the one that just came back counts until it is handed out.
        self.assertLessEqual(most, (4 + 1) * 5)

    def test_a_slow_consumer_holds_the_source_back(self):
        read = []
        run = fleet.analyze(self.client, (read.append(number) or kit.problem(number) for number in range(200)), partition_size=2, expansion_factor=5,
                            ordered=True)
        next(run)
        time.sleep(0.5)
        self.assertLessEqual(len(read), (4 + 1) * 2)
        run.close()

    def test_progress_goes_up_and_ends_at_all(self):
        for cells, total in ((kit.problems(41), 41), (iter(kit.problems(41)), None)):
            told = []
            found = list(fleet.analyze(self.client, cells, partition_size=4, expansion_factor=5, on_progress=lambda *state: told.append(state)))
            self.assertEqual(len(found), 41)
            done = [state[0] for state in told]
            self.assertEqual(done, sorted(set(done)))
            self.assertEqual(done[-1], 41)
            self.assertEqual({state[1] for state in told}, {total})
            self.assertTrue(all(state[2] > 0 for state in told))

    def test_closing_the_iterator_gives_up_what_is_pending(self):
        with tempfile.TemporaryDirectory() as folder:
            log = os.path.join(folder, "cells")
            self.slowed(0.05, log)
            run = fleet.analyze(self.client, kit.problems(400), partition_size=40, expansion_factor=5)
            worker = threading.Thread(target=lambda: self.wait_until(lambda: os.path.exists(log) and os.path.getsize(log) > 50))
            worker.start()
            next(run)
            worker.join()
            run.close()
            self.wait_until(lambda: self.client.run_on_scheduler(tasks_on) == 0)
            time.sleep(0.2)  # a cell that was begun ends
            size = os.path.getsize(log)
            time.sleep(0.4)
            self.assertEqual(os.path.getsize(log), size, "the workers stop within their partition")
        self.assertEqual(len(fleet.analyze_all(self.client, kit.problems(3), expansion_factor=5)), 3)

    def test_an_exception_of_the_callback_or_the_source_ends_the_run(self):
        def stop(*_):
            raise KeyboardInterrupt

        def source():
            yield from kit.problems(30)
            raise OSError("the pipe broke")

        with self.assertRaises(KeyboardInterrupt):
            list(fleet.analyze(self.client, kit.problems(100), partition_size=2, expansion_factor=5, on_progress=stop))
        with self.assertRaisesRegex(OSError, "the pipe broke"):
            list(fleet.analyze(self.client, source(), partition_size=2, expansion_factor=5))
        self.wait_until(lambda: self.client.run_on_scheduler(tasks_on) == 0)

    def test_memory_of_the_workers_does_not_grow_with_the_number_of_cells(self):
        texts = [json.dumps(dict(kit.problem(number), include_timeline=True)) for number in range(16)]

        def run(cells):
            bound = 16 * MIB
            size = sum(len(outcome) for _, outcome in fleet.analyze(
                self.client, (texts[cell % 16] for cell in range(cells)), partition_size=64, expansion_factor=5, decode=False, max_bytes_per_worker=bound))
            return size, max(self.client.run(kit.resident_bytes).values())

        run(300)
        _, before = run(300)
        size, after = run(2500)
        self.assertGreater(size, 30 * MIB, "all results together would be seen")
        self.assertLess(after - before, 16 * MIB)

    def test_two_runs_of_one_client_do_not_disturb_each_other(self):
        runs = [fleet.analyze(self.client, kit.problems(20, seed), partition_size=3, ordered=True, expansion_factor=kit.FUTURES) for seed in (1, 2)]
        found = list(zip(*runs))
        for place, seed in enumerate((1, 2)):
            expected = [kit.untimed(outcome) for outcome in kit.in_one_process(kit.problems(20, seed))]
            self.assertEqual([kit.untimed(pair[place][1]) for pair in found], expected)

    def test_wrong_arguments_are_named(self):
        client = self.client
        for error, text, call in (
                (TypeError, "problems is a str", lambda: fleet.analyze(client, "[]")),
                (TypeError, "problems is a dict", lambda: fleet.analyze(client, kit.problem(0))),
                (TypeError, "problems is a int", lambda: fleet.analyze(client, 5)),
                (TypeError, "client is a NoneType", lambda: fleet.analyze(None, [])),
                (TypeError, "partition_size is a float", lambda: fleet.analyze(client, [], partition_size=2.0)),
                (ValueError, "partition_size is 0, must be 1..100000", lambda: fleet.analyze(client, [], partition_size=0)),
                (ValueError, "retries is -1", lambda: fleet.analyze(client, [], retries=-1)),
                (ValueError, "expansion_factor is 0", lambda: fleet.analyze(client, [], expansion_factor=0)),
                (ValueError, "temporal_resolution is 0", lambda: fleet.analyze(client, [], temporal_resolution=0)),
                (ValueError, "max_bytes_per_worker is 5", lambda: fleet.analyze(client, [], max_bytes_per_worker=5)),
                (ValueError, "worker_timeout is 0", lambda: fleet.analyze(client, [], worker_timeout=0)),
                (TypeError, "partitions is a function", lambda: fleet.analyze_partitions(client, list.append)),
                (TypeError, "partitions[1] is a list", lambda: list(fleet.analyze_partitions(client, [list, []])))):
            with self.subTest(text=text):
                with self.assertRaises(error) as caught:
                    call()
                self.assertIn(text.replace("a function", "a method_descriptor"), str(caught.exception))


class GateTests(unittest.TestCase):
    def test_one_that_is_alone_never_meets_another(self):
        gate, inside, met, lock = Gate(), [0, 0], [], threading.Lock()

        def visit(is_alone):
            for _ in range(300):
                with gate.alone() if is_alone else gate.shared():
                    with lock:
                        inside[is_alone] += 1
                        if inside[1] > 1 or (inside[1] and inside[0]):
                            met.append(tuple(inside))
                    with lock:
                        inside[is_alone] -= 1

        threads = [threading.Thread(target=visit, args=(number % 3 == 0,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertFalse(any(thread.is_alive() for thread in threads))
        self.assertEqual(met, [])


if __name__ == "__main__":
    unittest.main()
