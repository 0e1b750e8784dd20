"""The commands decide, ingest, outcome, rollback, state and replay as their users meet them."""

import gzip
import json
import subprocess
import unittest

import rancognition

from .cli_data import run
from .test_cli_commands import command as command_line
from .test_cli_commands import environment
from .test_cli_loops import Files
from .test_cognitive import ATTEMPTS, HOUR, NOW, QUARTER, RELATION, ROWS, handovers

LATE = f"{RELATION}/HO.IntraSys.TooLate"
XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<measCollecFile xmlns="http://www.3gpp.org/ftp/specs/archive/32_series/32.435#measCollec">
 <fileHeader fileFormatVersion="32.435 V10.0" vendorName="v"><fileSender localDn="ME=1"/><measCollec beginTime="2024-05-01T13:00:00Z"/></fileHeader>
 <measData><managedElement localDn="ME=1"/>
  <measInfo measInfoId="i"><granPeriod duration="PT900S" endTime="2024-05-01T13:15:00Z"/>
   <measType p="1">A</measType><measType p="2">B</measType>
   <measValue measObjLdn="C=1"><r p="1">5</r><r p="2">7.5</r></measValue>
   <measValue measObjLdn="C=2"><r p="1">6</r><r p="2"></r></measValue>
   <measValue measObjLdn="C=3"><suspect>true</suspect><r p="1">6</r></measValue>
  </measInfo>
 </measData>
 <fileFooter><measCollec endTime="2024-05-01T13:15:00Z"/></fileFooter>
</measCollecFile>"""


def same(result):
    return {name: value for name, value in result.items() if name not in ("execution_time", "timing_ns")}


class CognitionFiles(Files):
    def setUp(self):
        super().setUp()
        self.path = self.folder / "network.db"

    def answer(self, *arguments):
        code, out, err = run(*arguments, "--json", "-q")
        self.assertEqual(err, "", arguments)
        return code, same(json.loads(out))

    def expected(self, problem, constraints=None):
        with rancognition.Cognition() as core:
            return same(core.decide(problem, constraints))


class DecideCommandTests(CognitionFiles):
    def test_the_answer_is_the_librarys_own(self):
        for problem in (handovers("too_late"), handovers(), handovers("ping_pong", constraints=["A <= 5"])):
            self.assertEqual(self.answer("decide", self.file(problem))[1], self.expected(problem))
        piped = subprocess.run(command_line("decide", "-", "--json"), input=json.dumps(handovers()).encode(), env=environment(), capture_output=True, check=False)
        self.assertEqual((piped.returncode, piped.stderr, same(json.loads(piped.stdout))), (0, b"", self.expected(handovers())))

    def test_the_decision_is_told_to_people(self):
        for problem in (handovers("too_late", constraints=[f"{LATE} / {ATTEMPTS} <= 0.12"]), handovers("too_early"), handovers("too_late", protected=["NRCellDU=1"]), handovers()):
            result = self.expected(problem)
            code, out, err = run("decide", self.file(problem))
            lines = [" ".join(line.split()) for line in out.splitlines()]
            text = " ".join(lines)
            self.assertEqual((code, err), (0, ""))
            self.assertTrue(lines[0].startswith("decision 1 (ASSIST, MRO): " + ("1 change" if result["actions"] else "nothing is changed")), lines[0])
            self.assertIn(f"cause {result['cause']['name']} ", text)
            self.assertIn(f"why {result['reason']}", text)
            for action in result["actions"]:
                self.assertIn(f"{action['managedObject']} {action['attribute']} {action['before']} -> {action['after']}", text)
            for metric, one in result["expected"].items():
                self.assertIn(f"{metric} {one['p10']:.4g} {one['p50']:.4g} {one['p90']:.4g}", text)
            for guard in result["guards"]:
                self.assertIn(guard["name"] if guard["passed"] else f"{guard['name']} vetoes: {guard['reason']}", text)
            for other in result["alternatives"]:
                if other["actions"] and other["actions"] != result["actions"]:
                    (change,) = other["actions"]
                    sure = f" {other['p_all_targets']:.0%} ".replace("%", " %") if result["targets"] and 0.01 <= other["p_all_targets"] <= 0.99 else " "
                    self.assertIn(f"{change['managedObject']} {change['attribute']} -> {change['after']}{sure}".strip(), text)
            for sentence in result["explanation"]:
                self.assertIn(sentence["text"], text)
            if result["actions"]:
                self.assertIn(f"undo when {result['rollback']['condition']} holds; the outcome is watched for 1 h", text)
        self.assertIn("PROTECTED_CELL vetoes", " ".join(self.told("decide", self.file(handovers("too_late", protected=["NRCellDU=1"])))[1]))

    def test_exit_code_1_says_that_a_target_is_likely_missed_or_that_some_contradict_each_other(self):
        problem = {"id": "p", "network_id": "n", "time_ns": NOW, "seed": 1, "current_state": {"load": 50}}
        for constraints, code in (([], 0), (["load <= 90"], 0), (["load <= 10"], 1), (["load <= 40", "load >= 60"], 1)):
            found, lines, err = self.told("decide", self.file({**problem, "constraints": constraints}))
            self.assertEqual((found, err), (code, ""), lines)
        self.assertIn("conflict nothing satisfies these together: load <= 40, load >= 60", lines)

    def test_options_and_changes_are_those_of_the_problem(self):
        problem = {"id": "p", "network_id": "n", "current_state": {"load": 50}, "seed": 1}
        path = self.file(problem)
        members = {"mode": "SHADOW", "time_ns": NOW, "seed": 9}
        self.assertEqual(self.answer("decide", path, "--mode", "SHADOW", "--time", str(NOW), "--seed", "9"), (0, self.expected({**problem, **members})))
        self.assertEqual(self.answer("decide", path, "--time", str(NOW), "--set", "current_state.load=20", "--deadline", "5s")[1]["seed"], 1)
        most = {"id": "most", "constraint_type": "max", "parameters": {"load": 60}}
        path = self.file({**problem, "time_ns": NOW})
        self.assertEqual(self.answer("decide", path, "--constraints", self.file([most], "c.json")), (0, self.expected({**problem, "time_ns": NOW}, [most])))
        expected = self.expected({**problem, "time_ns": NOW}, ["load <= 60", "load >= 1"])
        self.assertEqual(len(expected["targets"]), 2)
        for given in (("--constraint", "load <= 60", "--constraint", "load >= 1"), ("--constraints", self.file("load <= 60\n\n  load >= 1\r\n", "c.txt")), ("--constraints", self.file(["load <= 60", "load >= 1"], "d.json")),
                      ("--constraint", "load <= 60", "--constraints", self.file("load >= 1", "e.txt"))):
            self.assertEqual(self.answer("decide", path, *given), (0, expected))
        for given, said in ((("--mode", "LUCK"), "invalid choice"), (("--deadline", "5"), "needs a unit"), (("--time", "soon"), "is no time"), (("--report", self.folder / "no" / "page.html"), "--report")):
            code, out, err = run("decide", path, *given)
            self.assertEqual((code, out, said in err), (2, "", True), err)

    def test_what_cannot_be_read_or_used_is_told_with_the_files_name(self):
        good = self.file(handovers(), "good.json")
        for text, said in (("{", "is no JSON"), ("[1]", "is no JSON object"), ('{"mode":"HOPE"}', "HOPE"), ('{"candidates":[[{"after":1}]]}', "/candidates/0/0")):
            path = self.file(text)
            code, out, err = run("decide", path)
            self.assertEqual((code, out), (3, ""), err)
            self.assertTrue(err.startswith(f"rancognition: {path}: "), err)
            self.assertIn(said, err)
        broken = self.file('[{"id":5}]', "broken.json")
        code, out, err = run("decide", good, "--constraints", broken)
        self.assertEqual((code, out, err.startswith(f"rancognition: {broken}: constraints: /0/id")), (3, "", True), err)
        self.assertEqual(run("decide", good, "--constraints", self.folder / "nowhere")[0], 3)
        self.assertEqual(run("decide", good, "--path", self.file("no database, but text of more than a few bytes" * 50, "text"))[0], 3)
        self.assertEqual(run("decide", self.file({**handovers(), "colour\033[1m": 1}), "--json")[2], "note: not used: /colour?[1m: unknown field\n")
        with rancognition.Cognition(self.path):
            code, _, err = run("decide", good, "--path", self.path)
        self.assertEqual((code, "BUSY" in err), (4, True), err)

    def test_a_page_is_written_too(self):
        page = self.folder / "page.html"
        code, out, err = run("decide", self.file(handovers("too_late")), "--report", page)
        self.assertEqual((code, err, out.endswith(f"\nthe page: {page}\n")), (0, "", True))
        self.assertTrue(page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>"))


class LifeOfADecisionTests(CognitionFiles):
    def test_a_decision_is_watched_taken_back_and_learned_from(self):
        code, decision = self.answer("decide", self.file(handovers("too_late", mode="AUTONOMOUS")), "--path", self.path)
        self.assertEqual((code, len(decision["actions"])), (0, 1))
        action = decision["actions"][0]
        restored = f"{action['managedObject']} {action['attribute']} -> {action['before']}"
        bad = (f"{LATE}=200", f"{ATTEMPTS}=400")
        code, lines, err = self.told("outcome", 1, *bad, "--time", NOW + 1, "--path", self.path)
        self.assertEqual((code, lines[0], err), (0, "decision 1: WATCHING", ""))
        code, lines, err = self.told("outcome", 1, *bad, "--time", NOW + HOUR, "--path", self.path)
        self.assertEqual((code, lines[0], err), (1, "decision 1: ROLL_BACK", ""))
        self.assertIn(restored, lines)
        code, lines, err = self.told("rollback", 1, "--path", self.path)
        self.assertEqual((code, lines[0], err), (0, "decision 1: 1 value to restore", ""))
        self.assertIn(restored, lines)
        self.assertEqual(self.answer("rollback", 1, "--path", self.path), (0, {"decision_id": 1, "restore": [{**{name: action[name] for name in ("managedObject", "attribute")}, "after": action["before"]}]}))
        code, lines, err = self.told("state", "--path", self.path)
        self.assertEqual((code, lines[0], err), (0, "1 decision, of which 1 with an outcome", ""))
        code, state = self.answer("state", "--path", self.path)
        self.assertEqual((code, state["decisions"]["ROLLED_BACK"], state["calibration"]["count"]), (0, 1, 1))

    def test_outcomes_come_from_the_command_line_or_a_file(self):
        problem = {"id": "p", "network_id": "n", "time_ns": NOW, "observe_ns": HOUR, "seed": 1, "current_state": {"load": 50}, "constraints": ["load <= 60"]}
        outcome = {"decision_id": 1, "observed": {"load": 55}}
        found = []
        for place, given in enumerate(((1, "load=55", "--time", NOW + HOUR), (self.file({**outcome, "time_ns": NOW + HOUR}, "a.json"),), (self.file(outcome, "b.json"), "--time", NOW + HOUR))):
            path = self.folder / f"{place}.db"
            self.answer("decide", self.file(problem), "--path", path)
            found.append(self.answer("outcome", *given, "--executed", "--path", path))
        self.assertEqual((found[0][0], found[0][1]["verdict"], found[0][1]["targets_held"]), (0, "KEPT", True))
        self.assertEqual(found, [found[0]] * 3)
        lines = self.told("outcome", 1, "load=55", "--path", path)[1]
        self.assertEqual(lines[0], "decision 1: KEPT")
        for given, code, said in (((7, "load=5"), 2, "there is no decision 7"), ((1, "load"), 2, "is no METRIC=NUMBER"), ((self.file(outcome), "load=5"), 2, "give METRIC=NUMBER beside"), ((self.folder / "nowhere",), 3, "nowhere"),
                                  ((self.file({"observed": {}}, "c.json"),), 3, "c.json: outcome: "), ((1, "--executed", "--not-executed"), 2, "not allowed")):
            found, out, err = run("outcome", *given, "--path", path)
            self.assertEqual((found, out, said in err), (code, "", True), err)

    def test_a_file_that_is_not_there_is_not_made_but_by_what_adds_to_it(self):
        for arguments in (("outcome", 1, "load=5"), ("rollback", 1), ("state",)):
            self.assertEqual(run(*arguments, "--path", self.path), (3, "", f"rancognition: {self.path}: there is no such file\n"))
            code, out, err = run(*arguments)
            self.assertEqual((code, out, "--path" in err), (2, "", True))
        self.assertFalse(self.path.exists())
        self.assertEqual(run("rollback", "x", "--path", self.path)[0], 2)
        self.answer("ingest", self.file({"rows": ROWS}), "--path", self.path)
        self.assertTrue(self.path.exists())
        self.assertEqual(run("rollback", 5, "--path", self.path)[::2], (2, "rancognition: decision_id: there is no decision 5\n"))
        code, lines, _ = self.told("state", "--path", self.path)
        self.assertEqual((code, lines[0], lines[-1]), (0, "0 decisions, of which 0 with an outcome", f"holds 0 episodes, {len(ROWS)} samples of history"))

    def test_calls_are_recorded_and_replayed(self):
        record = self.folder / "calls.jsonl"
        self.answer("ingest", self.file({"rows": ROWS}), "--record", record)
        self.answer("decide", self.file(handovers("too_late")), "--record", record)
        self.assertEqual(self.told("replay", record), (0, ["2 of 2 calls gave the same, byte by byte"], ""))
        self.assertEqual(self.answer("replay", record)[1]["different"], [])
        record.write_text(record.read_text(encoding="utf-8").replace('"name":"too_late"', '"name":"too_soon"'), encoding="utf-8")
        code, lines, err = self.told("replay", record)
        self.assertEqual((code, lines[0], err), (1, "1 of 2 calls gave the same, byte by byte", ""))
        self.assertTrue(any(line.startswith("line 4 decide") for line in lines), lines)
        for path in (self.folder / "nowhere", self.file("hello\n", "text")):
            code, out, err = run("replay", path)
            self.assertEqual((code != 0, out, str(path) in err), (True, "", True), err)


class IngestCommandTests(CognitionFiles):
    def test_what_is_taken_and_what_not_is_told(self):
        path = self.file(XML, "pm.xml")
        code, lines, err = self.told("ingest", path, "--path", self.path)
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(lines[:3], [f"{path}: 3 numbers of 2 objects and 2 metrics", "format ts32435_xml of ME=1", "time 2024-05-01 13:00 .. 13:15 UTC, periods of 15 min"])
        self.assertEqual(sorted(line.removeprefix("not taken ").split()[1] for line in lines[3:]), ["empty", "suspect"])
        code, report = self.answer("ingest", path)
        with rancognition.Cognition() as core:
            self.assertEqual((code, report), (0, same(core.ingest(XML))))
        self.assertEqual(run("ingest", path)[2], "note: nothing of it is kept; --path FILE.db keeps it\n")

    def test_files_come_in_many_forms_and_one_that_is_refused_does_not_stop_the_others(self):
        rows, packed, broken = self.file({"rows": ROWS}, "rows.json"), self.folder / "pm.xml.gz", self.file("<a>", "broken.xml")
        packed.write_bytes(gzip.compress(XML.encode()))
        cut = self.folder / "cut.gz"
        cut.write_bytes(packed.read_bytes()[:60])
        code, out, err = run("ingest", rows, broken, self.folder / "nowhere", cut, packed, "--path", self.path, "--json")
        self.assertEqual(code, 3)
        self.assertEqual([json.loads(line)["samples"] for line in out.splitlines()], [len(ROWS), 3])
        self.assertEqual([line.split(": ")[1] for line in err.splitlines()], [str(broken), str(self.folder / "nowhere"), str(cut)])
        self.assertIn(f"{len(ROWS) + 3} samples of history", self.told("state", "--path", self.path)[1][-1])
        piped = subprocess.run(command_line("ingest", "-", "--json", "-q"), input=packed.read_bytes(), env=environment(), capture_output=True, check=False)
        self.assertEqual((piped.returncode, piped.stderr, json.loads(piped.stdout)["samples"]), (0, b"", 3))
        empty = self.file({"rows": []}, "empty.json")
        self.assertEqual(self.told("ingest", empty)[::2], (1, ""))
        large = self.folder / "large.gz"
        large.write_bytes(gzip.compress(b" " * 10**7))
        code, out, err = run("ingest", large, "--max-bytes", "100000")
        self.assertEqual((code, out, "100000" in err and str(large) in err), (3, "", True), err)

    def test_ingested_history_is_used_by_later_decisions(self):
        problem = handovers("too_late", network_id="")
        rows = [{"time_ns": series["start_ns"] + i * QUARTER, "object": RELATION, "metric": key.partition("/")[2], "value": value}
                for key, series in problem.pop("history").items() for i, value in enumerate(series["values"])]
        self.answer("ingest", self.file({"rows": rows}), "--path", self.path)
        self.assertIn("cause too_late", " ".join(self.told("decide", self.file(problem), "--path", self.path)[1]))
        self.assertNotIn("cause too_late", " ".join(self.told("decide", self.file(problem))[1]))


if __name__ == "__main__":
    unittest.main()
