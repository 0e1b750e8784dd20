"""Workers that are killed, problems that kill, workers that lack the library, clusters that go away."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import unittest

from distributed import Client
from rancognition import _cpu_level, _library, fleet

from fleet_tests import faults, kit


def set_allowed_failures(count, dask_scheduler):
    dask_scheduler.allowed_failures = count


class DeathTests(unittest.TestCase):
    """Each with a cluster of its own: what kills workers can leave it short of them."""

    def setUp(self):
        self.client = self.enterContext(Client(self.enterContext(kit.local()), set_as_default=False))
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.log = os.path.join(folder, "deaths")

    def deaths(self):
        with open(self.log, encoding="ascii") as file:
            return len(file.readlines())

    def poison(self):
        self.client.register_worker_plugin(faults.Poisoned(self.log, b"poison"))

    def check(self, cells, found, poisoned):
        expected = kit.in_one_process([cell for number, cell in enumerate(cells) if number not in poisoned])
        for index in range(len(cells)):
            with self.subTest(index=index):
                if index in poisoned:
                    self.assertIn(f"problems[{index}]: given up: ", found[index]["Err"])
                else:
                    answer = dict(found[index]["Ok"], timeline_id="")
                    self.assertEqual(kit.untimed({"Ok": answer}), kit.untimed({"Ok": dict(expected.pop(0)["Ok"], timeline_id="")}))
        self.assertEqual(len(found), len(cells))

    def test_the_partitions_of_a_killed_worker_are_done_again(self):
        cells = kit.problems(120)
        killed = []

        def kill_half_way(done, total, rate):
            if not killed and done >= total / 2:
                killed.append(next(iter(self.client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

        self.client.register_worker_plugin(faults.Slow(0.005))
        found = dict(fleet.analyze(self.client, cells, partition_size=10, expansion_factor=kit.FUTURES, on_progress=kill_half_way))
        self.assertEqual(len(killed), 1)
        self.check(cells, found, ())

    def test_a_problem_that_kills_workers_is_found_and_the_rest_goes_on(self):
        self.poison()
        cells = kit.problems(40)
        cells[17]["id"] = "poison"
        found = dict(fleet.analyze(self.client, cells, partition_size=10, expansion_factor=kit.FUTURES))
        self.check(cells, found, {17})
        self.assertIn("2 workers died while they analysed it (tcp://", found[17]["Err"])
        self.assertEqual(self.deaths(), 3, "retries + 2")

    def test_it_is_found_also_when_the_scheduler_gives_its_task_up_at_each_death(self):
        self.client.run_on_scheduler(set_allowed_failures, 0)
        self.poison()
        cells = kit.problems(12)
        cells[2]["id"] = "poison"
        found = fleet.analyze_all(self.client, cells, partition_size=6, expansion_factor=kit.FUTURES, retries=0, ordered=True)
        self.check(cells, found, {2})
        self.assertEqual(self.deaths(), 2, "retries + 2")

    def test_a_partition_that_kills_as_it_is_read_is_an_error_of_its_own(self):
        log = self.log

        def read():
            yield kit.problem(0)
            faults.die(log)

        def read_poison():
            return [kit.problem(0), faults.Poison(log), kit.problem(2)]

        found = dict(fleet.analyze_partitions(self.client, [lambda: kit.problems(2), read, read_poison], retries=0, expansion_factor=10))
        self.assertEqual(set(found), {(0, 0), (0, 1), (1, None), (2, 0), (2, 1), (2, 2)})
        self.assertIn("partitions[1]: RuntimeError: given up: 1 workers died while they read it", found[1, None]["Err"])
        self.assertIn("partitions[2][1]: given up: 1 workers died while they analysed it", found[2, 1]["Err"])
        self.assertIn("Ok", found[2, 2])

    def test_a_worker_that_joins_without_the_library_ends_the_run(self):
        workers = list(self.client.nthreads())
        with self.assertRaisesRegex(fleet.FleetError, "it was lost"):
            list(fleet.analyze(self.client, kit.problems(60), partition_size=2, expansion_factor=5,
                               on_progress=lambda *_: self.client.run(faults.lose_library, workers=workers[:1])))


class ThreadTests(unittest.TestCase):
    check = DeathTests.check
    deaths = DeathTests.deaths

    def test_threads_that_share_a_process_with_a_killer_are_not_blamed(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.log = os.path.join(folder, "deaths")
        with kit.local(workers=1, threads=3) as cluster, Client(cluster, set_as_default=False) as client:
            client.register_worker_plugin(faults.Poisoned(self.log, b"poison", 0.05))
            cells = kit.problems(30)
            cells[4]["id"] = "poison"
            found = fleet.analyze_all(client, cells, partition_size=5, expansion_factor=kit.FUTURES, retries=0)
        self.check(cells, found, {4})
        self.assertEqual(self.deaths(), 2)


class ClusterTests(unittest.TestCase):
    def test_workers_without_the_library_or_the_package_are_named(self):
        with kit.cluster_of({}, {"RANCOGNITION_LIBRARY": "/nowhere/librancognition.so"}) as cluster, Client(cluster, set_as_default=False) as client:
            with self.worker_without_the_package(cluster.scheduler_address):
                client.wait_for_workers(3, timeout=60)
                with self.assertRaises(fleet.FleetError) as caught:
                    list(fleet.analyze(client, kit.problems(3)))
            message = str(caught.exception)
            self.assertRegex(message, r"worker tcp://[0-9.:]+: librancognition cannot be used on host \S+, process \d+: .*/nowhere/librancognition\.so")
            self.assertRegex(message, r"worker tcp://[0-9.:]+: the Python package rancognition, or this version of it, is not installed there")
            self.assertEqual(message.count("worker tcp://"), 2)

    @contextlib.contextmanager
    def worker_without_the_package(self, scheduler):
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "distributed.cli.dask_worker", scheduler,
                       "--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", folder]
            worker = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                yield
            finally:
                worker.kill()
                worker.wait()

    def test_workers_of_several_levels_are_refused_unless_that_is_accepted(self):
        lowest = os.path.join(os.environ.get("RANCOGNITION_LIBRARY", ""), "librancognition.so")
        if not os.path.isfile(lowest) or os.path.samefile(lowest, _library.library_path()):
            self.skipTest(f"there is one level only here, of {_cpu_level.levels()}")
        cells = kit.problems(6)
        with kit.cluster_of({}, {"RANCOGNITION_LIBRARY": lowest}) as cluster, Client(cluster, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            with self.assertRaisesRegex(fleet.FleetError, r"worker tcp://\S+ has cpu_level x86-64-v\d, tcp://\S+ has x86-64-v\d: their results agree to about"):
                list(fleet.analyze(client, cells))
            found = fleet.analyze_all(client, cells, expansion_factor=kit.FUTURES, mixed_levels=True, partition_size=1)
        for outcome, expected in zip(found, kit.in_one_process(cells)):
            for ours, theirs in zip(outcome["Ok"]["predictions"], expected["Ok"]["predictions"], strict=True):
                self.assertAlmostEqual(ours["predicted_value"], theirs["predicted_value"], delta=1e-9)

    def test_a_cluster_without_workers_is_an_error_after_a_while(self):
        with kit.local(workers=1, processes=False) as cluster, Client(cluster, set_as_default=False) as client:
            cluster.scale(0)
            with self.assertRaisesRegex(fleet.FleetError, "there has been no worker for 1.5 s"):
                list(fleet.analyze(client, kit.problems(3), worker_timeout=1.5))

    def test_a_client_that_is_closed_on_the_way_is_an_error(self):
        with kit.local(workers=1, processes=False) as cluster:
            client = Client(cluster, set_as_default=False)
            run = fleet.analyze(client, kit.problems(50), partition_size=1, expansion_factor=5)
            next(run)
            client.close()
            with self.assertRaises(fleet.FleetError):
                list(run)


if __name__ == "__main__":
    unittest.main()
