"""The command memory as its users meet it."""

import gzip
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

import rancognition

from .cli_data import run
from .test_cli_commands import command, environment

TILT = {"managedObject": "NRCellDU=1", "attribute": "digitalTilt", "before": 4, "after": 6}


def episodes(count, seed=1):
    pick, found = random.Random(seed), []
    for i in range(count):
        one = {"time_ns": 1_700_000_000_000_000_000 + i, "cell": f"c{i % 3}", "situation": {"RRU.PrbTotDl": float(pick.randint(0, 100)), "a=b": i % 4}}
        if i % 2:
            one.update(action=[TILT], outcome={"DRB.UEThpDl": 20 + i % 3}, reward=i / 8, success=True, tags=["☾"], text="energy saving\nat night")
        else:
            one.update(outcome={"DRB.UEThpDl": 10 + i % 3}, success=i % 10 == 0, metadata={"vendor": "a", "deep": [1, {"x": None}]})
        if i % 5 == 0:
            one["vector"] = [i / 4 + 0.5, -1.5, 2]
        if i % 15 == 0:
            del one["situation"]
        found.append(one)
    return found


class MemoryCommandTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.file = self.folder / "episodes.db"
        self.addCleanup(lambda: self.assertEqual(rancognition.buffers_outstanding(), 0))

    def memory(self, *arguments):
        return run("memory", self.file, *arguments)

    def lines(self, items, name="episodes.jsonl"):
        path = self.folder / name
        path.write_text("".join((one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)) + "\n" for one in items), encoding="utf-8")
        return path

    def filled(self, count=60):
        self.assertEqual(self.memory("store", "-q", self.lines(episodes(count))), (0, "", ""))

    def exported(self, *arguments):
        code, out, err = self.memory("export", *arguments)
        self.assertEqual((code, err), (0, ""))
        return [json.loads(line) for line in out.splitlines()]

    def test_what_was_stored_is_exported_and_stored_again_is_the_same(self):
        given = episodes(1500)
        code, out, err = self.memory("store", self.lines(given))
        self.assertEqual((code, out, err), (0, "1500 episodes stored; the memory has 1500\n", ""))
        found = self.exported()
        for number, (one, stored) in enumerate(zip(given, found), 1):
            self.assertEqual(stored, {"id": number, "reward": None, "success": None, **one})
        self.assertEqual(len(found), 1500)
        self.file = self.folder / "again.db"
        packed = self.folder / "packed.gz"
        packed.write_bytes(gzip.compress(self.lines(found).read_bytes()))
        self.assertEqual(self.memory("store", packed)[0], 0)
        self.assertEqual(self.exported(), found)

    def test_ids_that_lie_far_apart_are_exported_in_their_order_and_by_filter(self):
        ids = [1, 2, 3, 500, 10**6, 10**6 + 1, 2**40, 2**62, 2**63 - 2]
        self.memory("store", self.lines({"id": one, "vector": [one % 7, 1], "cell": f"c{one % 2}"} for one in reversed(ids)))
        self.assertEqual([one["id"] for one in self.exported()], ids)
        self.assertEqual([one["id"] for one in self.exported("--filter", '{"cell":"c1"}')], [one for one in ids if one % 2])
        self.assertEqual(self.exported("--filter", '{"cell":"c9"}'), [])
        self.assertEqual(self.memory("export", "--filter", '{"id":1}')[0], 2)

    def test_an_empty_memory_has_nothing(self):
        self.assertEqual(self.memory("store", self.lines([]))[:2], (0, "0 episodes stored; the memory has 0\n"))
        self.assertEqual(self.exported(), [])
        self.assertEqual(self.memory()[:2][0], 0)
        self.assertEqual(self.memory("recall", "load=5")[:2], (1, ""))
        self.assertEqual(self.memory("skills")[:2], (1, ""))

    def test_a_line_that_is_refused_is_named_and_what_stands_before_it_is_there(self):
        for bad, said in (("{", "is no JSON"), ("5", "is no JSON object"), ('{"vector":[1],"reward":NaN}', "NaN is no JSON"), ('{"vector":[1],"reward":"x"}', "reward"),
                          ('{"reward":1}', "neither situation nor vector"), ('{"vector":[1,2]}', "has 2 numbers"), ('{"vector":[1]},{"vector":[1]}', "is no JSON"),
                          ('{"vector":[1],"id":1}', "episode 1 already"), ("[" * 100_000, "is no JSON")):
            for place in (0, 6):
                with self.subTest(bad[:40], place=place):
                    self.file = self.folder / f"{random.random()}.db"
                    good = [{"vector": [i], "id": i + 1} for i in range(9)]
                    path = self.lines(["", *good[:place], bad, *good[place:]])
                    first = {"vector": [0], "id": 1} if place == 0 else None
                    if first:  # so that there is what the line contradicts
                        self.memory("store", "-q", self.lines([first], "first.jsonl"))
                        path = self.lines(["", bad, *good[1:]])
                    code, out, err = self.memory("store", "--durability", "none", path)
                    self.assertEqual((code, out), (3, ""))
                    self.assertIn(f"line {place + 2}: ", err)
                    self.assertIn(said, err)
                    self.assertIn(f"{place} line", err)
                    self.assertEqual(len(self.exported()), max(1, place))
                    self.file.unlink()

    def test_of_an_input_that_ends_in_damage_what_came_before_is_there(self):
        whole = gzip.compress(b"".join(b'{"vector":[%d],"text":"%032x"}\n' % (i, random.getrandbits(128)) for i in range(5000)))
        path = self.folder / "cut.gz"
        path.write_bytes(whole[:len(whole) // 2])
        code, out, err = self.memory("store", "--durability", "none", path)
        taken = int(err.split("; ")[1].split()[0])
        self.assertEqual((code, out, len(self.exported())), (3, "", taken))
        self.assertIn("the compressed data end early", err)
        self.assertGreater(taken, 1000)

    def test_lines_that_are_not_utf_8_are_told(self):
        path = self.folder / "latin.jsonl"
        path.write_bytes('{"vector":[1],"text":"Überlast"}\n'.encode("latin-1"))
        code, _, err = self.memory("store", path)
        self.assertEqual((code, err, self.exported()[0]["text"]), (0, "note: 1 line not UTF-8, read as Latin-1\n", "Überlast"))

    def test_ctrl_c_ends_an_import_and_keeps_what_was_taken(self):
        store = subprocess.Popen(command("memory", self.file, "store"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        store.stdin.write(b'{"vector":[1]}\n' * 1500)
        store.stdin.flush()
        for _ in range(600):  # the first thousand share a commit
            if os.path.exists(f"{self.file}-wal"):
                break
            time.sleep(0.05)
        time.sleep(0.5)
        store.send_signal(signal.SIGINT)
        self.assertEqual((store.wait(60), store.stdout.read(), store.stderr.read()), (130, b"", b"rancognition: cancelled\n"))
        for pipe in (store.stdin, store.stdout, store.stderr):
            pipe.close()
        with rancognition.Memory(self.file) as memory:
            self.assertIn(memory.stats()["episodes"], (0, 1000))

    def test_lines_that_are_refused_can_be_left_out(self):
        path = self.lines([{"vector": [1]}, "{", {"vector": [1, 2]}, {"vector": [2]}, {"reward": 1}, {"vector": [3]}])
        code, out, err = self.memory("store", "--skip-refused", path)
        self.assertEqual((code, out), (3, "3 episodes stored; the memory has 3\n"))
        self.assertEqual([line.split(": ")[2] for line in err.splitlines()[:-1]], ["line 2", "line 3", "line 5"])
        self.assertEqual([one["vector"] for one in self.exported()], [[1], [2], [3]])

    def test_what_the_library_does_not_use_is_told_once(self):
        code, out, err = self.memory("store", self.lines([{"vector": [i], "colour": i, "form": 1} for i in range(5)]))
        self.assertEqual((code, out[:8], sorted(err.splitlines())), (0, "5 episod", ["note: not used: /colour: unknown field", "note: not used: /form: unknown field"]))
        self.assertIn("not used: /weights/beauty", self.memory("recall", "--vector", "1", "--weights", "beauty=1,recency=1")[2])
        self.assertIn("not used: /colour", self.memory("update", self.lines([{"id": 1, "reward": 1, "colour": "red"}]))[2])

    def test_ids_are_told_for_updates(self):
        code, out, _ = self.memory("store", "--ids", self.lines([{"vector": [1]}, {"vector": [2], "id": 9}]))
        self.assertEqual((code, sorted(out.split())), (0, ["10", "9"]))
        with mock.patch("sys.stdin", mock.Mock(buffer=io.BufferedReader(io.BytesIO(b'{"id":9,"reward":0.5,"outcome":{"x":1}}\n')))):
            self.assertEqual(self.memory("update")[:2], (0, "1 episode updated\n"))
        self.assertEqual(self.exported()[0], {"id": 9, "time_ns": self.exported()[0]["time_ns"], "vector": [2], "reward": 0.5, "success": None, "outcome": {"x": 1}})
        code, _, err = self.memory("update", self.lines([{"id": 77, "reward": 1}]))
        self.assertEqual(code, 3)
        self.assertIn("line 1: update/id: there is no episode 77", err)

    def test_recall_is_the_librarys_own_answer(self):
        self.filled()
        for arguments, query in (
            (["RRU.PrbTotDl=50", "a=b=2", "-k", "3"], {"situation": {"RRU.PrbTotDl": 50, "a=b": 2}, "k": 3}),
            (["--vector=-1,2, 3", "--explain"], {"vector": [-1, 2, 3], "explain": True}),
            (["--like", "5", "--filter", '{"cell":"c1"}', "--mmr-lambda", "50%"], {"like": 5, "filter": {"cell": "c1"}, "mmr_lambda": 0.5}),
            (["--text", "energy", "--as-of", "2023-11-14T22:13:20.00000003Z"], {"text": "energy", "as_of_ns": 1_700_000_000_000_000_030}),
            (["RRU.PrbTotDl=5", "--weights", "similarity=1,recency=0.5", "--half-life", "7d"],
             {"situation": {"RRU.PrbTotDl": 5}, "weights": {"similarity": 1, "recency": 0.5}, "half_life_ns": 7 * 86400 * 10**9}),
        ):
            with self.subTest(arguments):
                code, out, err = self.memory("recall", *arguments, "--json")
                with rancognition.Memory(self.file) as memory:
                    expected = memory.recall(query)
                answer = json.loads(out)
                self.assertEqual((code, err), (0, ""))
                self.assertTrue(answer["hits"])
                self.assertEqual({**answer, "execution_time": 0}, {**expected, "execution_time": 0})

    def test_hits_are_told_to_people(self):
        self.memory("store", "-q", self.lines([
            {"time_ns": 1714568400 * 10**9, "cell": "c\033[1m", "network_id": "n", "situation": {"RRU.PrbTotDl": 92.5}, "action": [TILT], "outcome": {"DRB.UEThpDl": 9},
             "reward": 0.25, "success": True, "tags": ["x"], "metadata": {"vendor": "a"}, "text": "energy\nsaving"},
            {"time_ns": 5, "vector": list(range(12)), "success": False}]))
        self.assertEqual(self.memory("recall", "RRU.PrbTotDl=92.5", "--explain"), (0, """\
#1  distance 0  2024-05-01 13:00  network n  cell c?[1m  reward 0.25  succeeded
     situation  RRU.PrbTotDl 92.5
     action     NRCellDU=1 digitalTilt 4 -> 6
     outcome    DRB.UEThpDl 9
     tags       x
     metadata   {"vendor": "a"}
     text       energy saving
""", ""))
        code, out, _ = self.memory("recall", "--vector", ",".join("0" * 12), "-k", "1")
        self.assertEqual((code, out.splitlines()[1]), (0, "     vector     0, 1, 2, 3, 4, 5, 6, 7, .. (12 numbers)"))
        self.assertEqual(self.memory("recall", "--text", "nothing"), (1, "", "nothing was found\n"))
        code, out, _ = self.memory()
        self.assertEqual((code, out.splitlines()[0].split(",")[0], out.splitlines()[1]), (0, "2 episodes", "     vectors    12 numbers, distance l2"))
        self.assertEqual(json.loads(self.memory("stats", "--json")[1])["episodes"], 2)

    def test_skills_and_effects_are_told(self):
        self.filled(300)
        code, out, _ = self.memory("skills", "--min-count", "20")
        self.assertEqual(code, 0)
        self.assertIn("success 100 % (", out)
        self.assertIn("action     NRCellDU=1 digitalTilt 4 -> 6", out)
        code, out, _ = self.memory("effect", "DRB.UEThpDl", "attribute=digitalTilt", "before=4", "--coverage", "0.9")
        self.assertEqual(code, 0)
        self.assertRegex(out, r"^the action changes DRB.UEThpDl by \+(9\.|10)\S* \(\+\S+ \.\. \+\S+\); 150 episodes with the action, 150 without\n")
        code, out, _ = self.memory("effect", "DRB.UEThpDl", "attribute=other")
        self.assertEqual((code, out.split(":")[0]), (1, "not enough data"))
        code, out, _ = self.memory("effect", "DRB.UEThpDl", "attribute=digitalTilt", "--json")
        self.assertEqual((code, json.loads(out)["enough"]), (0, True))

    def test_episodes_go_by_prune_and_remove_and_a_backup_has_them(self):
        self.filled()
        copy = self.folder / "copy.db"
        self.assertEqual(self.memory("backup", copy)[0], 0)
        code, _, err = self.memory("backup", copy)
        self.assertEqual((code, str(copy) in err), (2, True))
        self.assertEqual(self.memory("prune", "--max-rows", "10")[:2], (0, "50 episodes removed; the memory has 10\n"))
        self.assertEqual(self.memory("prune", "--min-reward", "1e9", "--filter", '{"cell":"c1"}')[0], 0)
        self.assertEqual(self.memory("remove", "60", "1")[:2], (3, "1 episode removed\n"))
        self.assertNotIn(60, [one["id"] for one in self.exported()])
        self.file = copy
        self.assertEqual(len(self.exported()), 60)

    def test_wrong_use_is_told(self):
        self.filled()
        for arguments, said in (
            (("recall",), "give METRIC=NUMBER"), (("recall", "load"), "no METRIC=NUMBER"), (("recall", "load=much"), "no METRIC=NUMBER"), (("recall", "=5"), "no METRIC=NUMBER"),
            (("recall", "load=nan"), "no METRIC=NUMBER"), (("recall", "--vector", "1,x"), "no vector"), (("recall", "--vector", ""), "no vector"),
            (("recall", "load=1", "--vector=1"), "query"), (("recall", "load=1", "--filter", "{"), "no JSON"), (("recall", "load=1", "--filter", "[]"), "no JSON object"),
            (("recall", "load=1", "--filter", '{"cell":{"$like":1}}'), "$like"), (("recall", "load=1", "-k", "0"), "no whole number"), (("recall", "load=1", "-k", "61"), "k: 61"),
            (("recall", "--like", "999"), "no episode 999"), (("recall", "load=1", "--as-of", "noon"), "no time"), (("recall", "load=1", "--weights", "recency"), "no METRIC=NUMBER"),
            (("effect", "x"), "required"), (("effect", "x", "digitalTilt"), "no NAME=VALUE"), (("prune",), "give --max-rows"), (("remove", "x"), "no whole number"),
            (("dream",), "invalid choice"),
        ):
            with self.subTest(arguments):
                code, out, err = self.memory(*arguments)
                self.assertEqual((code, out), (2, ""), err)
                self.assertIn(said, err)

    def test_files_that_cannot_be_had_are_told(self):
        for action in ((), ("recall", "load=1"), ("export",), ("prune", "--max-rows", "1"), ("update", self.lines([]))):
            self.assertEqual(self.memory(*action)[::2], (3, f"rancognition: {self.file}: there is no such file\n"))
        self.assertEqual(self.memory("store", self.folder / "none.jsonl")[0], 3)
        self.assertFalse(self.file.exists())
        self.file.write_text("no database " * 1000, encoding="utf-8")
        code, _, err = self.memory("store", self.lines(episodes(1)))
        self.assertEqual((code, "not a SQLite file" in err), (3, True))
        self.file = self.folder
        self.assertEqual(self.memory()[0], 3)
        self.file = self.folder / "dimension.db"
        self.assertEqual(self.memory("store", "--dimension", "2", "--metric", "cosine", "--durability", "none", self.lines([{"vector": [1, 2]}]))[0], 0)
        self.assertEqual(self.memory("store", "--dimension", "3", self.lines([]))[0], 3)
        with rancognition.Memory(self.file):
            code, _, err = self.memory()
        self.assertEqual((code, "in use" in err, str(self.file) in err), (4, True, True))

    def test_pipes_carry_episodes_and_may_close_early(self):
        self.filled(600)
        other = self.folder / "other.db"
        export = subprocess.Popen(command("memory", self.file, "export"), stdout=subprocess.PIPE, env=environment())
        stored = subprocess.run(command("memory", other, "store"), stdin=export.stdout, capture_output=True, text=True, check=False, env=environment())
        export.stdout.close()
        self.assertEqual((export.wait(60), stored.returncode, stored.stdout, stored.stderr), (0, 0, "600 episodes stored; the memory has 600\n", ""))
        early = subprocess.Popen(command("memory", other, "export"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        early.stdout.readline()
        early.stdout.close()
        self.assertEqual((early.stderr.read(), early.wait(60)), (b"", 0))
        early.stderr.close()


if __name__ == "__main__":
    sys.exit(unittest.main())
