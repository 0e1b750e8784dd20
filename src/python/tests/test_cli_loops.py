"""The commands fixed-point and conflicts as their users meet them."""

import gzip
import json
import random
import signal
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

import rancognition

from .cli_data import run
from .test_cli_commands import command as command_line
from .test_cli_commands import environment
from .test_optimization import network
from .test_strange_loop import LINEAR

COSINE = {"map": {"type": "expression", "variables": ["load"], "expressions": ["cos(load)"]}}
LOADS = {"map": {"type": "load_coupling", "network": network()}}
CHASE = {"names": ["es", "cco"], "gain": [[0, -1.2], [0.9, 0]]}
GROUPS = [{"groupName": "handover", "parameters": [{"changeTarget": "cell", "parameterName": "hysteresis"}, {"changeTarget": "cell", "parameterName": "offset"}]}]


def message(source, parameter, value, cell, minute, minutes=10):
    return {"source": source, "command": "SET", "targetParameter": parameter, "targetValue": value, "targetCell": cell, "timestamp": f"Wed Jan 01 00:{minute:02}:00.000 2020",
            "controlTimespan": str(minutes * 60_000)}


COMMANDS = [message("es", "txPower", "20", "c1", 0), message("cco", "txPower", 43, "c1", 2), message("mro", "hysteresis", 3, "c2", 10, 30), message("mlb", "offset", True, "c2", 20, 30),
            message("es", "txPower", "20", "c3", 55)]


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.addCleanup(lambda: self.assertEqual(rancognition.buffers_outstanding(), 0))

    def file(self, value, name="given.json"):
        path = self.folder / name
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return path

    def lines(self, items, name="bus.jsonl"):
        return self.file("".join(json.dumps(one) + "\n" for one in items), name)

    def told(self, *arguments):
        """(exit code, lines without their layout, standard error)."""
        code, out, err = run(*arguments)
        self.assertNotIn("\033", out + err)
        return code, [" ".join(line.split()) for line in out.splitlines()], err


class FixedPointCommandTests(Files):
    def test_the_answer_is_the_librarys_own(self):
        for request in (COSINE, LOADS, LINEAR):
            code, out, err = run("fixed-point", self.file(request), "--json")
            with rancognition.StrangeLoop() as core:
                expected = core.solve(request)
            self.assertEqual((code, err, {**json.loads(out), "execution_time": 0}), (0, "", {**expected, "execution_time": 0}))

    def test_where_the_loop_rests_and_how_sure_that_is_is_told_to_people(self):
        for request, name in ((COSINE, "load"), (LOADS, "NRCellDU=1"), (LINEAR, "x1")):
            path = self.file(request)
            result = json.loads(run("fixed-point", path, "--json")[1])
            code, lines, err = self.told("fixed-point", path)
            text = " ".join(lines)
            self.assertEqual((code, err, lines[0]), (0, "", "CONVERGED: a fixed point"))
            self.assertIn(f"{name} {result['x'][0]:.10g}", text)
            self.assertIn(f"more than {result['error_bound']:.4g} away from the fixed point ({result['error_bound_kind']})", text)
            self.assertIn(f"spectral radius {result['spectral_radius']:.4g}", text)
            self.assertIn(f"residual {result['residual']:.4g}", text)
            self.assertIn(f"{result['iterations']} step", text)
            self.assertIn(result["reason"], text)
            self.assertLessEqual(max(map(len, run("fixed-point", path)[1].splitlines())), 100)
        with rancognition.StrangeLoop() as core:
            scale = core.solve(LOADS)["critical_scale"]
        self.assertIn(f"limit loads stay finite up to {scale:.4g} times the traffic", self.told("fixed-point", self.file(LOADS))[1])

    def test_no_rest_is_exit_code_1_and_told_why(self):
        for function, method, state in (("1 - x", "picard", "OSCILLATING: no rest: the loop goes round"), ("2 * x + 1", "picard", "DIVERGING: no rest: the loop runs away"),
                                        ("0.999 * x + 1", "picard", "DESCENDING: not there yet")):
            request = {"map": {"type": "expression", "variables": ["x"], "expressions": [function]}, "x0": [0.25], "max_iterations": 30}
            code, lines, err = self.told("fixed-point", self.file(request), "--method", method)
            self.assertEqual((code, lines[0], err), (1, state, ""))
        self.assertIn("repeat themselves every 2 steps", " ".join(self.told("fixed-point", self.file({**COSINE, "x0": [0.2]}), "--set", 'map.expressions=["1-load"]', "--method", "picard")[1]))
        code, lines, _ = self.told("fixed-point", self.file(LOADS), "--set", "map.network.traffic_mbps=1e5")
        self.assertEqual((code, lines[0]), (1, "INFEASIBLE: there is no fixed point; this is proven"))
        self.assertFalse(any(line.startswith("x ") for line in lines))

    def test_options_and_changes_are_those_of_the_request(self):
        path = self.file(LINEAR)
        for arguments, members in ((("--method", "picard", "--steps", "7"), {"method": "picard", "max_iterations": 7}), (("--tolerance", "0.01", "--method", "aitken"), {"tolerance": 0.01, "method": "aitken"}),
                                   (("--set", "map.offset=[0,0,4]"), {"map": {**LINEAR["map"], "offset": [0, 0, 4]}})):
            code, out, err = run("fixed-point", path, "--json", *arguments)
            with rancognition.StrangeLoop() as core:
                expected = core.solve({**LINEAR, **members})
            self.assertEqual((code, err, {**json.loads(out), "execution_time": 0}), (0 if expected["convergence"] else 1, "", {**expected, "execution_time": 0}))
        for arguments, said in ((("--method", "luck"), "invalid choice"), (("--steps", "0"), "no whole number"), (("--tolerance", "x"), "no number"), (("--deadline", "5"), "needs a unit"),
                                (("--report", self.folder / "no" / "page.html"), "--report")):
            code, out, err = run("fixed-point", path, *arguments)
            self.assertEqual((code, out, said in err), (2, "", True), err)

    def test_what_cannot_be_read_or_solved_is_told_with_the_files_name(self):
        for text, said in (("{", "is no JSON"), ("[1]", "is no JSON object"), ("{}", "no map"), ('{"map":{"type":"magic"}}', "magic"),
                           ('{"map":{"type":"expression","variables":["x"],"expressions":["x +"]}}', "/map/expressions"), (json.dumps({**LINEAR, "x0": [1]}), "x0")):
            path = self.file(text)
            code, out, err = run("fixed-point", path)
            self.assertEqual((code, out), (3, ""), err)
            self.assertTrue(err.startswith(f"rancognition: {path}: "), err)
            self.assertIn(said, err)
        self.assertEqual(run("fixed-point", self.file({**COSINE, "colour\033[1m": 1}), "--json")[2], "note: not used: /colour?[1m: unknown field\n")

    def test_a_page_is_written_too(self):
        page = self.folder / "page.html"
        code, out, err = run("fixed-point", self.file(LOADS), "--report", page)
        self.assertEqual((code, err, out.endswith(f"\nthe page: {page}\n")), (0, "", True))
        self.assertTrue(page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>"))

    @unittest.skipUnless(hasattr(signal, "pthread_kill"), "no signals to threads")
    def test_ctrl_c_ends_a_search(self):
        path, main = self.file({"map": {"type": "expression", "variables": ["x"], "expressions": ["x + 1 / (1 + x * x)"]}}), threading.main_thread().ident
        timer = threading.Timer(0.5, lambda: signal.pthread_kill(main, signal.SIGINT))
        timer.start()
        try:
            self.assertEqual(run("fixed-point", path, "--method", "picard", "--steps", "10000000"), (130, "", "rancognition: cancelled\n"))
        finally:
            timer.join()


class ConflictsCommandTests(Files):
    def kpis(self):
        """Drops of c2 that rise when both of its commands are in force, and times of these samples in ns."""
        pick, start = random.Random(2), 1_577_836_800
        return [(start + 20 * i, "c2", (9 if 60 <= i < 120 else 2) + pick.gauss(0, 0.3)) for i in range(180)]

    def expected(self, **members):
        with rancognition.StrangeLoop() as core:
            return {**core.detect_conflicts(**members), "execution_time": 0}

    def answer(self, *arguments):
        code, out, err = run("conflicts", *arguments, "--json", "-q")
        self.assertEqual(err, "")
        return code, {**json.loads(out), "execution_time": 0}

    def test_commands_come_in_many_forms(self):
        expected = self.expected(commands=COMMANDS)
        self.assertEqual([(one["conflictType"], one["commands"]) for one in expected["conflicts"]], [("direct", [0, 1])])
        packed = self.folder / "bus.jsonl.gz"
        packed.write_bytes(gzip.compress(self.lines(COMMANDS).read_bytes()))
        for path in (self.file(COMMANDS, "a.json"), self.file({"commands": COMMANDS}, "b.json"), self.file(json.dumps(COMMANDS, indent=2), "c.json"),
                     self.file(json.dumps({"commands": COMMANDS}, indent=1), "d.json"), self.lines(COMMANDS),
                     packed, self.lines([COMMANDS[:2], *COMMANDS[2:]], "batches.jsonl"), self.file("\n\n" + "\r\n\r\n".join(map(json.dumps, COMMANDS)), "blank.jsonl")):
            self.assertEqual(self.answer(path), (1, expected), path)
        piped = subprocess.run(command_line("conflicts", "-", "--json"), input=self.lines(COMMANDS).read_bytes(), env=environment(), capture_output=True, check=False)
        self.assertEqual((piped.returncode, piped.stderr, json.loads(piped.stdout)["conflicts"]), (1, b"", expected["conflicts"]))
        for one in (self.lines(COMMANDS[:1]), self.file(COMMANDS[0], "e.json"), self.file("[]", "f.json")):
            self.assertEqual(self.answer(one)[0], 0)

    def test_groups_and_kpis_come_from_files(self):
        with_groups = self.expected(commands=COMMANDS, groups=GROUPS)
        self.assertEqual([one["conflictType"] for one in with_groups["conflicts"]], ["direct", "indirect"])
        for groups in (GROUPS, {"groups": GROUPS}, GROUPS[0]):
            self.assertEqual(self.answer(self.file(COMMANDS), "--groups", self.file(groups, "groups.json")), (1, with_groups))
        samples = [{"cell": cell, "metric": "DropRate", "time_ns": time * 10**9, "value": value, "better": "low"} for time, cell, value in self.kpis()]
        with_kpis = self.expected(commands=COMMANDS, kpis=samples)
        self.assertEqual([one["conflictType"] for one in with_kpis["conflicts"]], ["direct", "implicit"])
        table = self.file("time,cell,DropRate\n" + "".join(f"{time},{cell},{value!r}\n" for time, cell, value in self.kpis()), "kpis.csv")
        long = self.file("time,cell,metric,value\n" + "".join(f"{time},{cell},DropRate,{value!r}\n" for time, cell, value in self.kpis()), "long.csv")
        for kpis in (table, long, self.file(samples, "kpis.json"), self.file({"kpis": samples}, "more.json"), self.lines(samples, "kpis.jsonl")):
            self.assertEqual(self.answer(self.lines(COMMANDS), "--kpis", kpis, "--low", "DropRate"), (1, with_kpis), kpis)
        self.assertEqual(len(self.answer(self.lines(COMMANDS), "--kpis", table)[1]["conflicts"]), 1)  # high drops would be good
        self.assertEqual(self.answer(self.file({"commands": COMMANDS, "kpis": [{**one, "better": None} for one in samples]}), "--low", "DropRate")[1]["conflicts"][1:], [])

    def test_conflicts_are_told_to_people(self):
        table = self.file("time,cell,DropRate\n" + "".join(f"{time},{cell},{value!r}\n" for time, cell, value in self.kpis()), "kpis.csv")
        code, lines, _ = self.told("conflicts", self.file(COMMANDS), "--kpis", table, "--low", "DropRate", "-q")
        report = self.answer(self.file(COMMANDS), "--kpis", table, "--low", "DropRate")[1]
        kpi = report["conflicts"][1]["kpi"]
        self.assertEqual((code, lines[0]), (1, "2 conflicts (1 direct, 1 implicit) among 5 commands of 4 functions"))
        self.assertIn("between functions direct indirect implicit", lines)
        self.assertEqual(lines[2:4], ["cco and es 1 0 0", "mlb and mro 0 0 1"])
        self.assertIn("conflicts kind cell functions about commands advice", lines)
        self.assertIn("direct c1 es and cco txPower 20 or 43 0, 1 es before cco", lines)
        self.assertIn(f"implicit c2 mro and mlb DropRate {kpi['before']:.4g}, then {kpi['earlier_only']:.4g}, with both {kpi['both']:.4g} 2, 3 mro before mlb", lines)
        _, lines, _ = self.told("conflicts", self.file(COMMANDS), "--groups", self.file(GROUPS, "groups.json"))
        self.assertIn("indirect c2 mro and mlb hysteresis 3 and offset true (handover) 2, 3 mro before mlb", lines)
        code, lines, _ = self.told("conflicts", self.file(COMMANDS[2:]))
        self.assertEqual((code, lines), (0, ["no conflicts among 3 commands of 3 functions"]))
        many = [message(f"f{i % 8}\033[1m", "p", i, "c", 0) for i in range(16)]
        code, lines, _ = self.told("conflicts", self.file(many))
        pairs, conflicts = 8 * 7 // 2, 16 * 15 // 2 - 8
        self.assertIn(f"{conflicts} conflicts ({conflicts} direct)", lines[0])
        self.assertIn(f"and {pairs - 10} more (--json)", lines)
        self.assertIn(f"and {conflicts - 20} more (--json)", lines)

    def test_functions_that_chase_each_other_are_told_to_people(self):
        for gain, code, radius, advice in (([[0, -1.2], [0.9, 0]], 1, "1.039: the functions chase each other", "anything below 0.9615 calms them"), ([[0, 0.2], [0.2, 0]], 0, "0.2: changes die out", "none is needed"),
                                           ([[0, 1.5], [1.5, 0]], 1, "1.5: the functions chase each other", "no damping helps; let one settle before the next acts: es, cco")):
            path = self.file({"loops": {**CHASE, "gain": gain}})
            found, lines, err = self.told("conflicts", path)
            self.assertEqual((found, err), (code, ""))
            self.assertTrue(any(f"spectral radius {radius}" in line for line in lines), lines)
            self.assertTrue(any(line.startswith("advice ") and advice in line for line in lines), lines)
            self.assertIn(f"es {gain[0][0]} {gain[0][1]:.4g}", lines)
        _, lines, _ = self.told("conflicts", self.file({"commands": COMMANDS, "loops": CHASE}))
        self.assertTrue(any(line.startswith("direct c1 es and cco txPower 20 or 43 0, 1 damp by 0.4808") for line in lines), lines)

    def test_what_is_wrong_is_told_with_its_place(self):
        broken = [*COMMANDS[:2], {**COMMANDS[2], "timestamp": "noon"}, *COMMANDS[3:]]
        for path, said in (
            (self.lines(broken), "'noon' is no time such as"), (self.lines([COMMANDS[:2], broken[2]], "b.jsonl"), "(line 2)"), (self.file(broken, "b.json"), "/commands/2/timestamp"),
            (self.file(json.dumps(COMMANDS[0]) + "\n{]\n", "c.jsonl"), "line 2: is no JSON"), (self.file('{"a":1}\n{"a":1,"a":2}\n', "d.jsonl"), "line 2: is no JSON: 'a' is given twice"),
            (self.file("5", "e.json"), "is no JSON object and no array of commands"), (self.file("", "f.json"), "is no JSON"), (self.file('{"groups":[]}', "g.json"), "has neither commands nor loops"),
            (self.file("[1]", "h.json"), "/commands/0"), (self.file({"commands": 5}, "i.json"), "/commands: expected an array"), (self.folder / "none.json", "No such file"),
        ):
            code, out, err = run("conflicts", path)
            self.assertEqual((code, out), (3, ""), err)
            self.assertTrue(err.startswith(f"rancognition: {path}: "), err)
            self.assertIn(said, err)
        self.assertTrue(run("conflicts", self.lines(broken))[2].endswith(" (line 3)\n"))
        given = self.file(COMMANDS)
        for arguments, exit_code, said in (
            (("--groups", self.file({}, "g.json")), 3, "has no groups"), (("--kpis", self.file({}, "k.json")), 3, "has no kpis"), (("--kpis", self.folder / "none.csv"), 3, "none.csv"),
            (("--low", "x"), 2, "there is no such KPI; there are none"), (("--set", "commands.9.source=a"), 2, "no place in an array of 5"), (("--report", self.folder), 2, "--report"),
            (("--kpis", self.file([{"cell": "c", "metric": "DropRate", "time_ns": 1, "value": 1}], "l.json"), "--low", "Droprate"), 2, "did you mean DropRate?"),
        ):
            code, out, err = run("conflicts", given, *arguments)
            self.assertEqual((code, out, said in err), (exit_code, "", True), err)

    def test_kpis_of_other_cells_are_noted(self):
        table = self.file("time,cell,DropRate\n1577836800,c9\033[1m,1\n1577836860,c9\033[1m,2\n", "kpis.csv")
        _, _, err = run("conflicts", self.file(COMMANDS), "--kpis", table)
        self.assertIn("note: no KPI is of a cell that a command is for (KPIs: c9?[1m; commands: c1, c2, c3)", err)
        self.assertEqual(run("conflicts", self.file(COMMANDS), "--kpis", table, "-q")[2], "")
        self.assertNotIn("no KPI is of", run("conflicts", self.file(COMMANDS), "--kpis", self.file([{"cell": "c2", "metric": "m", "time_ns": 1, "value": 1}], "k.json"))[2])

    def test_a_page_is_written_too_and_what_is_not_used_is_told(self):
        page = self.folder / "page.html"
        code, out, err = run("conflicts", self.file({"commands": COMMANDS, "loops": CHASE, "colour": 1}), "--report", page)
        self.assertEqual((code, err, out.endswith(f"\nthe page: {page}\n")), (1, "note: not used: /colour: unknown field\n", True))
        self.assertTrue(page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>"))


if __name__ == "__main__":
    unittest.main()
