"""The same outcomes as one process gives, whatever they are computed on and whatever goes in."""

import functools
import json
import unittest

from distributed import Client
from rancognition import fleet

from fleet_tests import kit


def read_cells(first, count):
    """A partition as a worker reads it: lazily."""
    yield from (kit.problem(number) for number in range(first, first + count))


def break_off():
    yield kit.problem(0)
    raise OSError("the disk is gone")


class ResultTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = cls.enterClassContext(kit.local())
        cls.client = cls.enterClassContext(Client(cls.cluster, set_as_default=False))

    def analyze(self, problems, **options):
        return dict(fleet.analyze(self.client, problems, expansion_factor=kit.FUTURES, **options))

    def test_outcomes_are_those_of_one_process_whatever_the_partitions(self):
        for seed in (1, 2, 3):
            cells = kit.problems(30, seed)
            expected = [kit.untimed(outcome) for outcome in kit.in_one_process(cells)]
            for size in (None, 1, 7, 64):
                with self.subTest(seed=seed, partition_size=size):
                    found = self.analyze(cells, partition_size=size, decode=False)
                    self.assertEqual([kit.untimed(found[index]) for index in range(30)], expected)

    def test_outcomes_do_not_depend_on_the_kind_and_number_of_workers(self):
        cells = kit.problems(24)
        expected = [kit.untimed(outcome) for outcome in kit.in_one_process(cells)]
        for workers, threads in ((1, 1), (1, 3), (3, 2)):
            with self.subTest(workers=workers, threads=threads), kit.local(workers, threads, processes=False) as cluster, \
                    Client(cluster, set_as_default=False) as client:
                found = fleet.analyze_all(client, cells, expansion_factor=kit.FUTURES, partition_size=5)
                self.assertEqual([kit.untimed(outcome) for outcome in found], expected)

    def test_a_bad_problem_is_an_error_of_its_own(self):
        bad = {3: {"id": 3}, 4: dict(kit.problem(4), horizon_ns=0), 8: {}, 9: []}
        cells = [bad.get(number, kit.problem(number)) for number in range(12)]
        found = self.analyze(cells, partition_size=6)
        for index, expected in enumerate(kit.in_one_process(cells)):
            with self.subTest(index=index):
                if index in bad:
                    self.assertEqual(found[index], expected)
                    self.assertIn(f"problems[{index}]: ", expected["Err"])
                else:
                    self.assertEqual(found[index]["Ok"].pop("timeline_id"), f"timeline-{index + 1}")
                    del expected["Ok"]["timeline_id"]
                    self.assertEqual(kit.untimed(found[index]), kit.untimed(expected))

    def test_text_that_is_not_one_problem_cannot_reach_its_neighbours(self):
        good = json.dumps(kit.problem(0))
        hostile = ["", " ", "{", "]", "null", "1],[2", f"{good},{good}", good[:-1], good[1:], '{"a":"', '"}', '"},{}', b"\xff\xfe", "{}]}", f"{good}]",
                   f'{good}],"x":[{good}', "[" * 5000, object(), {1, 2}, {"id": object()}, float("nan"), None]
        cells = [item for text in hostile for item in (text, good)]
        found = self.analyze(cells, partition_size=50)
        self.assertEqual(len(found), len(cells))
        answers = {kit.untimed({"Ok": dict(found[index]["Ok"], timeline_id="")}) for index in range(1, len(cells), 2)}
        self.assertEqual(len(answers), 1)
        for index in range(0, len(cells), 2):
            with self.subTest(text=repr(cells[index])[:60]):
                self.assertTrue(found[index]["Err"].startswith(f"problems[{index}]: "), found[index])
                self.assertGreater(len(found[index]["Err"]), len(f"problems[{index}]: "))

    def test_a_problem_that_is_too_large_is_an_error_of_its_own(self):
        large = json.dumps(kit.problem(1)) + " " * 300_000
        found = self.analyze([kit.problem(0), large, kit.problem(2)], max_bytes_per_worker=1 << 20)
        self.assertIn("problems[1]: has 30", found[1]["Err"])
        self.assertIn("max_bytes_per_worker", found[1]["Err"])
        self.assertIn("Ok", found[0])
        self.assertIn("Ok", found[2])

    def test_nothing_in_gives_nothing_out(self):
        self.assertEqual(self.analyze([]), {})
        self.assertEqual(fleet.analyze_all(self.client, iter(())), [])
        self.assertEqual(list(fleet.analyze_partitions(self.client, [])), [])
        self.assertEqual(list(fleet.analyze_partitions(self.client, [list])), [])

    def test_order_is_kept_when_asked_for(self):
        found = [index for index, _ in fleet.analyze(self.client, kit.problems(50), partition_size=3, ordered=True, expansion_factor=10)]
        self.assertEqual(found, list(range(50)))

    def test_workers_read_partitions_themselves(self):
        expected = [kit.untimed(dict(Ok=dict(outcome["Ok"], timeline_id=""))) for outcome in kit.in_one_process(kit.problems(9))]
        import dask.bag
        kinds = {
            "functions": [functools.partial(read_cells, first, 3) for first in (0, 3, 6)],
            "delayed": [dask.delayed(kit.problems)(9)[first:first + 3] for first in (0, 3, 6)],
            "futures": [self.client.submit(lambda first: list(read_cells(first, 3)), first) for first in (0, 3, 6)],
            "bag": dask.bag.from_sequence(kit.problems(9), npartitions=3),
        }
        for kind, partitions in kinds.items():
            with self.subTest(kind=kind):
                found = list(fleet.analyze_partitions(self.client, partitions, ordered=True, expansion_factor=kit.FUTURES))
                self.assertEqual([index for index, _ in found], [(partition, cell) for partition in range(3) for cell in range(3)])
                for (partition, cell), outcome in found:
                    self.assertEqual(outcome["Ok"]["timeline_id"], f"timeline-{partition + 1}-{cell + 1}")
                self.assertEqual([kit.untimed(dict(Ok=dict(outcome["Ok"], timeline_id=""))) for _, outcome in found], expected)

    def test_a_partition_that_cannot_be_read_is_an_error_of_its_own(self):
        sources = [functools.partial(read_cells, 0, 2), lambda: 1 / 0, break_off, lambda: 7, lambda: {"id": "p"}, functools.partial(read_cells, 2, 1)]
        found = dict(fleet.analyze_partitions(self.client, sources, expansion_factor=10, retries=0))
        self.assertEqual(set(found), {(0, 0), (0, 1), (1, None), (2, None), (3, None), (4, None), (5, 0)})
        self.assertIn("partitions[1]: ZeroDivisionError", found[1, None]["Err"])
        self.assertIn("the disk is gone", found[2, None]["Err"])
        self.assertIn("is a int, want an iterable", found[3, None]["Err"])
        self.assertIn("is a dict, want an iterable", found[4, None]["Err"])

    def test_results_that_are_too_many_for_one_task_come_in_several(self):
        sizes = []
        cells = [dict(kit.problem(number), include_timeline=True) for number in range(60)]
        found = list(fleet.analyze_partitions(self.client, [lambda: cells], ordered=True, expansion_factor=10, max_bytes_per_worker=1 << 20,
                                              on_progress=lambda done, total, rate: sizes.append(done)))
        self.assertEqual([index for index, _ in found], [(0, cell) for cell in range(60)])
        self.assertEqual([outcome["Ok"]["problem_id"] for _, outcome in found], [f"p{number}" for number in range(60)])
        self.assertGreater(len(sizes), 2)


if __name__ == "__main__":
    unittest.main()
