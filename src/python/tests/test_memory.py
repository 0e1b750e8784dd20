"""Real calls of the memory core through the built library."""

import ctypes
import json
import math
import multiprocessing
import os
import sqlite3
import tempfile
import threading
import unittest
from array import array
from pathlib import Path

import rancognition
from rancognition import _raw
from rancognition._episodes import Episodes

TILT = {"managedObject": "NRCellDU=1", "attribute": "digitalTilt", "before": 4, "after": 6}
NIGHT = {
    "time_ns": 1_700_000_000_000_000_000, "network_id": "n1", "cell": "c1", "problem_type": "ES", "situation": {"RRU.PrbTotDl": 12.5}, "vector": [1, 2],
    "action": [TILT], "outcome": {"DRB.UEThpDl": 40}, "reward": 0.5, "success": True, "tags": ["night", "☾"], "metadata": {"vendor": "a", "site": {"height": 30}},
    "text": "energy saving"}


def use_in_child(path):
    with rancognition.Memory(path) as memory:
        return memory.stats()["episodes"]


class MemoryTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.before = rancognition.buffers_outstanding()
        self.addCleanup(lambda: self.assertEqual(rancognition.buffers_outstanding(), self.before))

    def assertRefused(self, kind, text, call, *arguments, **options):
        with self.assertRaises(kind) as caught:
            call(*arguments, **options)
        self.assertIn(text, str(caught.exception))

    def test_an_episode_comes_back_as_it_was_stored(self):
        with rancognition.Memory() as memory:
            number = memory.store(NIGHT)
            episode = memory.recall(vector=[1, 2], k=1)["hits"][0]["episode"]
        self.assertEqual(episode, {"id": number, **NIGHT})

    def test_one_several_and_json_are_stored_all_or_none(self):
        with rancognition.Memory() as memory:
            self.assertEqual(memory.store({"vector": [1]}), 1)
            self.assertEqual(memory.store([{"vector": [2]}]), [2])
            self.assertEqual(memory.store({"vector": [i]} for i in (3, 4)), [3, 4])
            self.assertEqual(memory.store('{"vector":[5]}'), 5)
            self.assertEqual(memory.store(b'[{"vector":[6]}]'), [6])
            self.assertEqual(json.loads(memory.store_json({"vector": [7]}))["durable"], "none")
            self.assertEqual(memory.store({"vector": array("f", [8])}), 8)
            self.assertRefused(ValueError, "reward", memory.store, [{"vector": [9]}, {"vector": [9], "reward": "much"}])
            self.assertRefused(ValueError, "vector", memory.store, {"vector": [math.nan]})
            self.assertRefused(ValueError, "neither situation nor vector", memory.store, {"reward": 1})
            self.assertRefused(TypeError, "not iterable", memory.store, 5)
            self.assertEqual(memory.stats()["episodes"], 8)

    def test_recall_takes_each_question_as_keywords_as_a_dict_and_as_json(self):
        with rancognition.Memory() as memory:
            memory.store([{"situation": {"load": load, "users": 10 - load % 7}, "time_ns": 10 + load, "reward": load / 50, "text": f"word{load}"} for load in range(50)])
            keywords = dict(situation={"load": 20.2}, k=3, filter={"time_ns": {"$gt": 25}}, weights={"similarity": 1, "recency": 0.1}, half_life_ns=100,
                            mmr_lambda=0.9, as_of_ns=50, explain=True)

            def hits(result):
                return {**result, "execution_time": 0}

            one = hits(memory.recall(**keywords))
            self.assertEqual(len(one["hits"]), 3)
            self.assertTrue(all(25 < hit["episode"]["time_ns"] <= 50 and hit["why"] for hit in one["hits"]))
            self.assertEqual(one["ignored"], [])
            self.assertEqual(one, hits(memory.recall(keywords)))
            self.assertEqual(one, hits(memory.recall(json.dumps(keywords))))
            self.assertEqual(one, hits(json.loads(memory.recall_json(**keywords))))
            self.assertEqual(memory.recall(text="word7", k=1)["hits"][0]["id"], 8)
            self.assertEqual(memory.recall(text="word7", k=5)["hits"][1:], [])
            self.assertNotIn(8, [hit["id"] for hit in memory.recall(like=8)["hits"]])
            self.assertRefused(ValueError, "query and k, explain are given", memory.recall, keywords, k=3, explain=False)
            self.assertRefused(rancognition.NotFound, "999", memory.recall, like=999)
            self.assertRefused(ValueError, "nothing to look for", memory.recall, k=3)
            self.assertRefused(ValueError, "$near", memory.recall, situation={"load": 1}, filter={"reward": {"$near": 1}})

    def test_an_outcome_is_added_changed_and_taken_away(self):
        with rancognition.Memory() as memory:
            number = memory.store({"vector": [1, 2], "time_ns": 5})
            memory.update(number, outcome={"load": 3}, reward=0.25, known_ns=100)
            self.assertEqual(memory.update({"id": number, "success": False, "known_ns": 200})["updated"], ["success"])
            memory.update(json.dumps({"id": number, "reward": None, "known_ns": 300}))
            episode = memory.recall(vector=[1, 2], k=1)["hits"][0]["episode"]
            self.assertEqual((episode["outcome"], episode["success"], episode["reward"]), ({"load": 3}, False, None))
            then = memory.recall(vector=[1, 2], k=1, as_of_ns=150)["hits"][0]["episode"]
            self.assertEqual((then["success"], then["reward"]), (None, 0.25))
            self.assertRefused(rancognition.NotFound, "77", memory.update, 77, reward=1)
            self.assertRefused(ValueError, "give its id beside reward", memory.update, {"id": 1}, reward=1)
            self.assertRefused(TypeError, "whole number", memory.update, 1.5, reward=1)
            memory.remove(number)
            self.assertRefused(LookupError, "no episode 1", memory.remove, number)
            self.assertRefused(ValueError, "episode: -1", memory.remove, -1)

    def test_skills_effects_and_pruning_are_told(self):
        with rancognition.Memory() as memory:
            memory.store([{"situation": {"load": 50 + i % 5}, "action": [TILT] if i % 2 else [], "success": bool(i % 2), "outcome": {"rate": 10 + 3 * (i % 2) + i % 5 / 10},
                           "reward": i, "time_ns": 1 + i, "cell": f"c{i % 2}"} for i in range(200)])
            best = memory.skills(20)[0]
            self.assertEqual((best["action"], best["success_rate"]), ([TILT], 1))
            self.assertEqual(memory.skills(20, filter={"cell": "c0"})[0]["success_rate"], 0)
            effect = memory.effect({"attribute": "digitalTilt"}, "rate", coverage=0.9)
            self.assertTrue(effect["enough"] and abs(effect["effect"] - 3) < 0.2, effect)
            self.assertFalse(memory.effect({"attribute": "digitalTilt"}, "nothing")["enough"])
            self.assertEqual(memory.prune(min_reward=50), 50)
            self.assertEqual(memory.prune(max_rows=100), 50)
            self.assertEqual(memory.analyze({"op": "prune", "max_rows": 10, "filter": {"cell": "c0"}})["removed"], 40)
            self.assertRefused(ValueError, "op", memory.analyze, {"op": "dream"})

    def test_what_a_file_holds_is_there_again_and_any_sqlite_tool_reads_it(self):
        path, copy = self.folder / "episodes.db", self.folder / "copy.db"
        with rancognition.Memory(path, durability="sync", metric="cosine") as memory:
            memory.store([NIGHT, {"vector": [3, 4]}])
            memory.flush()
            self.assertEqual(memory.backup(copy), copy.stat().st_size)
            self.assertRefused(ValueError, "there is a file already", memory.backup, str(copy))
            self.assertEqual((memory.stats()["path"], memory.stats()["durability"]), (str(path), "sync"))
        for one in (str(path), copy):
            with rancognition.Memory(one) as memory:
                self.assertEqual((memory.stats()["episodes"], memory.stats()["metric"]), (2, "cosine"))
        connection = sqlite3.connect(copy)
        self.addCleanup(connection.close)
        if sqlite3.sqlite_version_info >= (3, 38):  # its views use ->>
            self.assertEqual(connection.execute("SELECT id, reward, text FROM episodes ORDER BY id").fetchall(), [(1, 0.5, "energy saving"), (2, None, None)])

    def test_a_file_that_cannot_be_had_is_told(self):
        path = self.folder / "episodes.db"
        with rancognition.Memory(path, dimension=3):
            self.assertRefused(rancognition.Busy, "in use", rancognition.Memory, path)
        self.assertRefused(ValueError, "dimension", rancognition.Memory, path, dimension=4)
        self.assertRefused(ValueError, "metric", rancognition.Memory, metric="taxicab")
        self.assertRefused(ValueError, "path", rancognition.Memory, self.folder / "no" / "episodes.db")
        (self.folder / "text").write_text("no database " * 1000, encoding="utf-8")
        self.assertRefused(ValueError, "not a SQLite file", rancognition.Memory, self.folder / "text")
        self.assertRefused(TypeError, "path", rancognition.Memory, 5)

    def test_options_that_are_not_known_are_told(self):
        with rancognition.Memory(speed="fast") as memory:
            self.assertEqual([one["field"] for one in memory.stats()["ignored"]], ["/speed"])
            self.assertEqual(json.loads(memory.stats_json())["path"], None)

    def test_the_hosts_clock_is_the_time_of_episodes_without_one(self):
        with rancognition.Memory(host=rancognition.Host(now_ns=lambda: 12345)) as memory:
            memory.store({"vector": [1]})
            memory.append([[1]])
            self.assertEqual({hit["episode"]["time_ns"] for hit in memory.recall(vector=[1])["hits"]}, {12345})

    def test_what_the_hosts_clock_raises_is_raised_by_the_call(self):
        def broken():
            raise KeyError("clock")

        with rancognition.Memory(host=rancognition.Host(now_ns=broken)) as memory:
            self.assertRaises(KeyError, memory.store, {"vector": [1]})

    def test_what_the_hosts_progress_raises_ends_long_calls(self):
        class Stop(Exception):
            pass

        def progress(share, stage):
            stages.append(stage)
            if is_stopping:
                raise Stop

        stages, is_stopping, copy = [], False, self.folder / "copy.db"
        with rancognition.Memory(self.folder / "episodes.db", host=rancognition.Host(progress=progress)) as memory:
            memory.store([{"situation": {"load": i}, "action": [TILT] if i % 2 else [], "success": True, "reward": i} for i in range(200)])
            for call in (memory.skills, lambda: memory.effect({"attribute": "digitalTilt"}, "reward"), lambda: memory.backup(copy)):
                stages.clear()
                is_stopping = True
                self.assertRaises(Stop, call)
                self.assertEqual(len(stages), 1)
                self.assertFalse(copy.exists())
                is_stopping = False
                call()
                self.assertGreater(len(stages), 1)

    def test_threads_read_while_one_writes_and_closing_ends_nothing(self):
        memory, wrong = rancognition.Memory(dimension=4), []
        memory.append([[0, 0, 0, 0]])

        def read():
            while not stop.is_set():
                try:
                    hits = memory.search([0, 0, 0, 0], 1)
                    if (hits.ids, hits.distances) != ([1], [0.0]):
                        wrong.append(hits)
                except rancognition.InvalidHandle:
                    return

        stop = threading.Event()
        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for i in range(100):
            memory.append([[1 + i, j, 0, 0] for j in range(20)])
        self.assertEqual(memory.stats()["episodes"], 2001)
        memory.close()
        for reader in readers:
            reader.join(60)
        stop.set()
        self.assertEqual(wrong, [])

    def test_children_that_are_spawned_open_the_file_one_after_the_other(self):
        path = str(self.folder / "episodes.db")
        with rancognition.Memory(path) as memory:
            memory.store({"vector": [1]})
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            self.assertEqual(pool.apply(use_in_child, (path,)), 1)

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork here")
    def test_a_fork_is_told_that_it_cannot_use_it(self):
        memory = rancognition.Memory()
        child = os.fork()
        if child == 0:
            try:
                memory.store({"vector": [1]})
            except rancognition.Forked:
                os._exit(7)
            finally:
                os._exit(1)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 7)
        memory.close()


class ArrayTests(unittest.TestCase):
    def setUp(self):
        self.memory = rancognition.Memory()
        self.addCleanup(self.memory.close)

    def assertRefused(self, kind, text, *arguments, **options):
        count = self.memory.stats()["episodes"]
        with self.assertRaises(kind) as caught:
            self.memory.append(*arguments, **options)
        self.assertIn(text, str(caught.exception))
        self.assertEqual(self.memory.stats()["episodes"], count)

    def episode(self, number):
        return next(hit["episode"] for hit in self.memory.recall(vector=[0, 0], filter={"id": number})["hits"])

    def test_every_column_reaches_its_episode(self):
        ids = self.memory.append(
            [[1, 2], (3.5, 4), array("f", [5, 6])], times=[10, 20, 30], cells=["c1", None, "Zelle ☎"], rewards=[0.5, None, -1], success=[True, False, None],
            documents=[{"tags": ["a"]}, None, b'{"text":"three"}'], ids=[100, 0, 300], durability="sync")
        self.assertEqual(ids, [100, 301, 300])
        self.assertEqual(self.episode(100), {"id": 100, "time_ns": 10, "cell": "c1", "vector": [1, 2], "reward": 0.5, "success": True, "tags": ["a"]})
        self.assertEqual(self.episode(301), {"id": 301, "time_ns": 20, "vector": [3.5, 4], "reward": None, "success": False})
        self.assertEqual(self.episode(300), {"id": 300, "time_ns": 30, "cell": "Zelle ☎", "vector": [5, 6], "reward": -1, "success": None, "text": "three"})

    def test_the_columns_are_the_structs_of_the_interface(self):
        rows = Episodes([[1, 2], [3, 4]], [7, 8], ["a", "bc"], [0.5, math.nan], [None, True], [b"{}", None], [5, 0])
        pair, size = (_raw.rancog_episode * 2).from_address(rows._words.buffer_info()[0]), ctypes.sizeof(_raw.rancog_episode)
        self.assertEqual([(e.struct_size, e.flags, e.id, e.time_ns, e.cell_length, e.dimension, e.success, e.reserved0, e.document_length) for e in pair],
                         [(size, 0, 5, 7, 1, 2, -1, 0, 2), (size, 0, 0, 8, 2, 2, 1, 0, 0)])
        self.assertEqual([list(e.vector[:2]) for e in pair], [[1, 2], [3, 4]])
        self.assertEqual(pair[0].reward, 0.5)
        self.assertTrue(math.isnan(pair[1].reward))

    def test_a_memory_of_floats_is_not_copied(self):
        floats = array("f", range(8))
        rows = Episodes(memoryview(floats).cast("B").cast("f", [4, 2]), None, None, None, None, None, None)
        pair = (_raw.rancog_episode * 4).from_address(rows._words.buffer_info()[0])
        floats[3] = 99
        self.assertEqual(pair[1].vector[1], 99)
        self.assertEqual(self.memory.append(memoryview(floats).cast("B").cast("f", [4, 2]), cells="c"), [1, 2, 3, 4])

    def test_situations_need_no_vectors(self):
        self.assertEqual(self.memory.append(documents=[{"situation": {"load": i}} for i in range(3)], rewards=[1, 2, 3]), [1, 2, 3])
        self.assertEqual(self.memory.append([[1, 2], None], documents=[None, {"situation": {"load": 3}}]), [4, 5])
        self.assertEqual(self.memory.recall(situation={"load": 3}, k=1)["hits"][0]["id"], 5)

    def test_bad_columns_are_named_and_nothing_is_stored(self):
        self.memory.append([[0, 0]])
        self.assertRefused(ValueError, "cells: 1 for 2 episodes", [[1, 2], [3, 4]], cells=["c1"])
        self.assertRefused(ValueError, "times: 3 for 2 episodes", [[1, 2], [3, 4]], times=[1, 2, 3])
        self.assertRefused(ValueError, "success[1]: 2, must be True", [[1, 2], [3, 4]], success=[1, 2])
        self.assertRefused(ValueError, "episodes/1/vector: has 3 numbers", [[1, 2], [3, 4, 5]])
        self.assertRefused(ValueError, "episodes/0/vector/1", [[1, None]])
        self.assertRefused(ValueError, "durability: 'often'", [[1, 2]], durability="often")
        self.assertRefused(ValueError, "neither is given")
        self.assertRefused(ValueError, "episodes/0: has neither", rewards=[1])
        self.assertRefused(ValueError, "episodes/0: has neither", success=[True])
        self.assertRefused(ValueError, "has 0 elements", [])
        self.assertRefused(ValueError, "document", [[1, 2]], documents=[b"{"])
        self.assertRefused(ValueError, "id", [[1, 2]], ids=[1])
        self.assertRefused(TypeError, "documents: must be a sequence", [[1, 2]], documents={"text": "x"})
        self.assertRefused(TypeError, "cells[0]: must be str, not int", [[1, 2]], cells=[7])
        self.assertRefused(TypeError, "vectors[1]: must be numbers, not int", [[1, 2], 3])
        self.assertRefused(TypeError, "vectors[0][1]: must be a number, not str", [[1, "2"]])
        self.assertRefused(TypeError, "vectors: must be rows of numbers, not str", "12")
        self.assertRefused(OverflowError, "", [[1, 2]], times=[-1])

    def test_the_nearest_are_those_of_a_comparison_with_all(self):
        rows = [[(i * 37 % 101) / 7, (i * 53 % 97) / 5, (i * 11 % 89) / 3] for i in range(500)]
        rows = [list(array("f", row)) for row in rows]
        cells, rewards = [f"c{i % 3}" for i in range(500)], [i % 11 for i in range(500)]
        self.memory.append(rows, times=[1 + i for i in range(500)], cells=cells, rewards=rewards, success=[i % 2 for i in range(500)])

        def nearest(k, holds):
            return sorted((math.dist(rows[i], query), i + 1) for i in range(500) if holds(i))[:k]

        query = [3.0, 4.0, 5.0]
        for conditions, holds in (
            ({}, lambda i: True), ({"cell": "c1"}, lambda i: i % 3 == 1), ({"from_ns": 101, "until_ns": 201}, lambda i: 100 <= i < 200),
            ({"from_ns": 401}, lambda i: i >= 400), ({"until_ns": 11}, lambda i: i < 10), ({"min_reward": 5, "max_reward": 6}, lambda i: 5 <= i % 11 <= 6),
            ({"success": False, "cell": "c2"}, lambda i: i % 2 == 0 and i % 3 == 2), ({"filter": {"reward": {"$in": [1, 2]}}}, lambda i: i % 11 in (1, 2)),
            ({"filter": '{"id":{"$lt":4}}'}, lambda i: i < 3), ({"cell": "c9"}, lambda i: False),
        ):
            with self.subTest(conditions):
                hits = self.memory.search(query, 10, **conditions)
                expected = nearest(10, holds)
                self.assertEqual(hits.ids, [one for _, one in expected])
                for distance, (true, _) in zip(hits.distances, expected):
                    self.assertAlmostEqual(distance, true, places=12)
                self.assertEqual(hits.times, hits.ids)
                self.assertEqual(hits.rewards, [rewards[one - 1] for one in hits.ids])

    def test_searches_that_cannot_be_are_refused(self):
        self.memory.append([[1, 2], [3, 4]])
        for kind, text, call in (
            (ValueError, "k: 0", lambda: self.memory.search([1, 2], 0)), (ValueError, "3", lambda: self.memory.search([1, 2], 3)),
            (ValueError, "k: ", lambda: self.memory.search([1, 2], 2**40)), (ValueError, "k: -1", lambda: self.memory.search([1, 2], -1)),
            (ValueError, "", lambda: self.memory.search([1, 2, 3], 1)), (ValueError, "", lambda: self.memory.search([1, math.nan], 1)),
            (ValueError, "filter", lambda: self.memory.search([1, 2], 1, {"cell": {"$is": 1}})), (ValueError, "", lambda: self.memory.search([1, 2], 1, "{")),
            (ValueError, "success: 'yes'", lambda: self.memory.search([1, 2], 1, success="yes")), (TypeError, "cell: must be str", lambda: self.memory.search([1, 2], 1, cell=5)),
            (TypeError, "min_reward: must be a number", lambda: self.memory.search([1, 2], 1, min_reward="0")), (ValueError, "", lambda: self.memory.search([], 1)),
        ):
            with self.subTest(text), self.assertRaises(kind) as caught:
                call()
            self.assertIn(text, str(caught.exception))
        self.assertEqual(self.memory.search([1, 2], 2).rewards[0] == self.memory.search([1, 2], 2).rewards[0], False)  # NaN: not known


if __name__ == "__main__":
    unittest.main()
