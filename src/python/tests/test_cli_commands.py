"""The command line as its users meet it: summaries, exit codes, pipes, Ctrl-C."""

import json
import math
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from datetime import datetime, timedelta
from pathlib import Path

import rancognition

from .cli_data import run

_ROOT = Path(__file__).resolve().parents[3]
_ERAB = _ROOT / "tests" / "data" / "erab_hourly.csv"
_CELLS = _ROOT / "tests" / "data" / "qp_cells.csv"
_GOLDEN = Path(__file__).resolve().parent / "cli_summary.golden.txt"
_LIMIT = "erab_setup_fail_pct <= 1"


def command(*arguments):
    """The command line as a process of its own."""
    return [sys.executable, "-m", "rancognition", *map(str, arguments)]


def environment(**more):
    """Its environment: this package and this library."""
    return {**os.environ, "PYTHONPATH": str(Path(rancognition.__file__).resolve().parents[1]), **more}


class CommandTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.assertEqual(rancognition.buffers_outstanding(), 0)
        self.addCleanup(lambda: self.assertEqual(rancognition.buffers_outstanding(), 0))

    def many_cells(self, cells, samples):
        noise, path = random.Random(7), self.folder / "many.csv"
        start = datetime(2024, 5, 1)
        with open(path, "w", encoding="utf-8") as file:
            file.write("time,cell,PRB use [%]\n")
            for i in range(samples):
                for cell in range(cells):
                    value = 40 + cell + 20 * math.sin(i * math.pi / 12) + noise.gauss(0, 3)
                    file.write(f"{(start + timedelta(hours=i)).isoformat()}Z,c{cell},{value:.2f}\n")
        return path

    def test_whose_times_are_in_another_zone_is_told_that_the_summary_has_utc(self):
        path = self.folder / "local.csv"
        path.write_text("time,x\n" + "".join(f"2024-05-01 {hour:02}:00,{hour % 5}\n" for hour in range(24)), encoding="utf-8")
        for zone, told in (("+02:00", True), ("UTC", False), ("+00:00", False)):
            code, out, _ = run("analyze", path, "-q", "--tz", zone, "--horizon", "1h")
            self.assertEqual((code, out.startswith("times below are UTC\n")), (0, told))
        self.assertIn("2024-05-01 22:00 x:", run("analyze", path, "-q", "--tz", "+02:00", "--horizon", "1h")[1])

    def test_the_summary_of_real_data_is_as_it_was(self):
        code, out, _ = run("analyze", _ERAB, "--horizon", "48h", "--limit", _LIMIT, "--limit", "rrc_setup_fail <= 0.5", "--seed", "1")
        self.assertEqual(code, 1)
        if os.environ.get("UPDATE_GOLDEN") == "1":
            _GOLDEN.write_text(out, encoding="utf-8")
        self.assertEqual(out, _GOLDEN.read_text(encoding="utf-8"))
        self.assertLessEqual(max(map(len, out.splitlines())), 100)
        self.assertNotIn("\033", out)

    def test_json_is_the_librarys_own_answer(self):
        code, out, err = run("analyze", _ERAB, "--metric", "erab_setup_fail", "--limit", _LIMIT, "--seed", "5", "--horizon", "24", "--json")
        answer = json.loads(out)
        rows = [line.split(",") for line in _ERAB.read_text(encoding="utf-8").splitlines()[1:]]
        with rancognition.Temporal() as core:
            expected = core.expand_subjective_time({
                "id": "erab_hourly", "network_id": "erab_hourly.csv", "problem_type": "TemporalAnalysis", "current_state": {}, "objectives": [],
                "constraints": ["erab_setup_fail <= 1"], "horizon_ns": 24 * 3600 * 10**9, "seed": 5,
                "history": {"erab_setup_fail": {"start_ns": 1509580800 * 10**9, "step_ns": 3600 * 10**9, "values": [float(row[1]) for row in rows]}}})
        for one in ("patterns", "predictions", "verdicts", "insights", "confidence", "seed", "ignored", "metrics"):
            self.assertEqual(answer[one], expected[one], one)
        self.assertEqual(code, 1)
        self.assertIn("KPIs: erab_setup_fail [%]", err)

    def test_many_cells_are_sorted_by_urgency_and_the_rest_get_a_line(self):
        path = self.many_cells(30, 120)
        code, out, _ = run("analyze", path, "--limit", "PRB use <= 80", "--top", "2", "--quiet", "--threads", "2")
        self.assertEqual(code, 1)
        lines = out.splitlines()
        self.assertTrue(lines[0].startswith("c2"), lines[0])
        self.assertIn("28 other cells, less urgent", out)
        whole = json.loads(run("analyze", path, "--limit", "PRB use <= 80", "--json", "--quiet", "--threads", "1")[1])
        self.assertEqual([one["Ok"]["problem_id"] for one in whole["results"]], [f"c{i}" for i in range(30)])
        self.assertEqual((whole["total_problems"], whole["failed"]), (30, 0))

    def test_exit_codes(self):
        bad = self.folder / "bad.csv"
        bad.write_text("nothing here", encoding="utf-8")
        for expected, arguments in (
                (0, ("analyze", _ERAB, "--limit", "erab_setup_fail_pct <= 1000")), (0, ("analyze", _ERAB)), (1, ("analyze", _ERAB, "--limit", _LIMIT, "--horizon", "48h")),
                (0, ("analyze", _ERAB, "--limit", _LIMIT, "--horizon", "48h", "--alert-at", "0.999")), (2, ("analyze",)), (2, ("nonsense",)), (2, ()),
                (2, ("analyze", _ERAB, "--horizon", "soon")), (2, ("analyze", _ERAB, "--limit", "<")), (2, ("analyze", _ERAB, "--alert-at", "2")),
                (2, ("analyze", _ERAB, "--report", self.folder / "no" / "page.html")), (2, ("analyze", _ERAB, "--tz", "Nowhere/Land")),
                (3, ("analyze", bad)), (3, ("analyze", self.folder)), (3, ("analyze", self.folder / "none.csv")), (3, ("report", bad)), (0, ("info",)), (0, ("analyze", "--help"))):
            with self.subTest(arguments=arguments):
                self.assertEqual(run(*arguments)[0], expected)

    def test_a_library_that_is_not_there_is_exit_code_4(self):
        for one in (("info",), ("analyze", _ERAB), ("forecast", _ERAB)):
            done = subprocess.run(command(*one), env=environment(RANCOGNITION_LIBRARY="/nowhere/librancognition.so"), capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 4, done.stderr)
            self.assertIn("/nowhere/librancognition.so", done.stderr)
            self.assertNotIn("Traceback", done.stderr)

    def test_a_limit_on_an_unknown_metric_names_near_ones(self):
        code, _, err = run("analyze", _ERAB, "--quiet", "--limit", "erab_setup_fial <= 1")
        self.assertEqual(code, 2)
        self.assertIn("there is no metric erab_setup_fial; did you mean erab_setup_fail", err)
        code, _, err = run("analyze", _ERAB, "--quiet", "--objective", "reduce erab_setup_fail")
        self.assertEqual(code, 2)
        self.assertIn("expected 'maximize' or 'minimize'", err)

    def test_metrics_are_understood_as_the_header_spells_them(self):
        path = self.many_cells(1, 80)
        for text in ("PRB use <= 200", "PRB use [%] <= 200", '"PRB use" <= 200', "always[0,2h](PRB use <= 200)", "p95(PRB use) <= 200 and PRB use >= -100"):
            with self.subTest(text=text):
                code, out, err = run("analyze", path, "--limit", text, "--json", "--quiet")
                self.assertEqual((code, err), (0, ""))
                self.assertEqual(json.loads(out)["ignored"], [])
                self.assertIn('"PRB use"', json.loads(out)["verdicts"][0]["expression"])

    def test_a_cell_is_not_asked_about_metrics_that_it_lacks(self):
        path = self.folder / "long.csv"
        rows = [f"{1_700_000_000 + 3600 * i},{cell},{metric},{i % 7}" for i in range(60) for cell, metric in (("a", "x"), ("a", "y"), ("b", "x"))]
        path.write_text("time,cell,metric,value\n" + "\n".join(rows), encoding="utf-8")
        code, out, _ = run("analyze", path, "--limit", "y <= 100", "--limit", "x <= 100", "--json", "--quiet")
        results = {one["Ok"]["problem_id"]: [verdict["expression"] for verdict in one["Ok"]["verdicts"]] for one in json.loads(out)["results"]}
        self.assertEqual((code, results), (0, {"a": ["y <= 100", "x <= 100"], "b": ["x <= 100"]}))

    def test_a_pipe_is_read_as_the_file_is(self):
        for data in (_ERAB.read_bytes(), _CELLS.read_bytes()):
            piped = subprocess.run(command("forecast", "-", "--horizon", "2"), input=data, env=environment(), capture_output=True, check=False)
            self.assertEqual(piped.returncode, 0, piped.stderr)
            (self.folder / "stdin.csv").write_bytes(data)
            self.assertEqual(piped.stdout.decode(), run("forecast", self.folder / "stdin.csv", "--horizon", "2", "--quiet")[1])

    def test_a_reader_that_leaves_early_is_no_error(self):
        path = self.many_cells(40, 60)
        with subprocess.Popen(command("forecast", path, "--horizon", "400", "--quiet"), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            self.assertIn(b"cell,metric,time", process.stdout.readline())
            process.stdout.close()
            self.assertEqual((process.wait(60), process.stderr.read()), (0, b""))

    def test_ctrl_c_ends_a_call_of_the_library(self):
        path = self.many_cells(100, 400)
        with subprocess.Popen(command("analyze", path, "--futures", "1000000", "--horizon", "200", "--threads", "1", "--limit", "always[0,100h](PRB use <= 90)"),
                              env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            while "KPIs:" not in process.stderr.readline():
                self.assertIsNone(process.poll())
            time.sleep(0.3)
            self.assertIsNone(process.poll(), "done before it could be cancelled")
            sent = time.monotonic()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, out, err.splitlines()[-1]), (130, "", "rancognition: cancelled"))
            self.assertLess(time.monotonic() - sent, 20)

    def test_ctrl_c_ends_the_reading(self):
        with subprocess.Popen(command("analyze", "-"), env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            process.stdin.write("time,x\n")
            process.stdin.flush()
            time.sleep(1.5)
            process.send_signal(signal.SIGINT)
            self.assertEqual((process.wait(30), process.stderr.read()), (130, "rancognition: cancelled\n"))
            process.stdin.close()

    def test_a_report_is_written_also_from_a_kept_result(self):
        page, again = self.folder / "page.html", self.folder / "again.html"
        code, out, _ = run("analyze", _ERAB, "--seed", "1", "--json", "--timeline", "--report", page, "--quiet")
        self.assertEqual(code, 0)
        kept = self.folder / "result.json"
        kept.write_text(out, encoding="utf-8")
        self.assertEqual(run("report", kept, "--output", again)[0], 0)
        for one in (page, again):
            text = one.read_text(encoding="utf-8")
            self.assertIn("erab_setup_fail", text)
            self.assertIn("uPlot", text)
        self.assertEqual(sorted(one.name for one in self.folder.iterdir()), ["again.html", "page.html", "result.json"])

    def test_forecast_and_anomalies_are_the_arrays_of_the_library(self):
        values = [float(line.split(",")[1]) for line in _ERAB.read_text(encoding="utf-8").splitlines()[1:]]
        _, out, _ = run("forecast", _ERAB, "--metric", "erab_setup_fail", "--horizon", "2h", "--coverage", "80%", "--json", "--quiet")
        _, found, _ = run("anomalies", _ERAB, "--metric", "erab_setup_fail", "--json", "--quiet")
        with rancognition.Temporal() as core:
            mean, lower, upper = core.forecast(values, 3600 * 10**9, 2, 0.8)
            flags = core.detect_anomalies(values, 3600 * 10**9)
        rows = json.loads(out)
        self.assertEqual([(row["mean"], row["lower"], row["upper"]) for row in rows], list(zip(mean, lower, upper)))
        self.assertEqual([row["time"] for row in rows], ["2018-01-01T00:00:00Z", "2018-01-01T01:00:00Z"])
        self.assertEqual([row["value"] for row in json.loads(found)], [value for value, flag in zip(values, flags) if flag])

    def test_a_margin_has_the_unit_of_its_own_metric(self):
        path = self.folder / "units.csv"
        path.write_text("time,Thp (Mbit/s),Thp2 [%],n\n" + "".join(f"{1_700_000_000 + 60 * i},{i % 5},{i % 7},{i % 3}\n" for i in range(80)), encoding="utf-8")
        for limit, unit in (("Thp2 <= 90", " %"), ("p95(Thp) <= 90", " Mbit/s"), ("always[0,5min](Thp <= 90)", " Mbit/s"), ("n <= 90", ""), ("Thp <= 90 and Thp2 <= 90", ""),
                            ("rate(Thp) <= 90", "")):
            with self.subTest(limit=limit):
                out = run("analyze", path, "--limit", limit, "--quiet")[1]
                self.assertRegex(out.splitlines()[1], rf"; margin \+[\d.]+{unit}$")

    def test_a_single_sample_is_no_forecast(self):
        path = self.folder / "one.csv"
        path.write_text("time,cell,x\n2024-05-01,a,1\n2024-05-01,b,1\n2024-05-02,b,1\n2024-05-03,b,1\n", encoding="utf-8")
        code, out, err = run("forecast", path, "--horizon", "1")
        self.assertEqual((code, [line.split(",")[0] for line in out.splitlines()]), (0, ["cell", "b"]))
        self.assertIn("note: a x: a single sample, no forecast", err)

    def test_names_cannot_move_the_terminals_cursor(self):
        path = self.folder / "evil.csv"
        path.write_text("time,cell,x\x1b[2J\n" + "".join(f"{1_700_000_000 + 60 * i},\x1b]0;evil\x07,{i % 5}\n" for i in range(50)), encoding="utf-8")
        code, out, err = run("analyze", path)
        self.assertEqual(code, 0)
        self.assertNotIn("\x1b", out + err)

    def test_what_cannot_be_asked_is_said(self):
        code, _, err = run("analyze", _ERAB, "--cell", "c1")
        self.assertEqual(code, 2)
        self.assertIn("--cell c1: no column tells cells apart", err)
        path = self.folder / "long.csv"
        rows = [f"{1_700_000_000 + 3600 * i},{cell},{metric},{i % 7}" for i in range(60) for cell, metric in (("a", "x"), ("a", "y"), ("b", "x"), ("", "x"))]
        path.write_text("time,cell,metric,value\n" + "\n".join(rows), encoding="utf-8")
        code, out, err = run("analyze", path, "--limit", "y <= 100", "--objective", "minimize x")
        self.assertIn("note: y <= 100: not asked of 2 cells without its metrics: b, (no name)", err)
        self.assertIn("goal     minimize x: ", out)
        self.assertEqual(code, 0)

    def test_a_deadline_and_an_effort_are_passed_on(self):
        answer = json.loads(run("analyze", _ERAB, "--deadline", "1ms", "--json", "--quiet")[1])
        self.assertTrue(answer["deadline_reached"])
        fewer = json.loads(run("analyze", _ERAB, "--effort", "0.1", "--futures", "100", "--json", "--quiet")[1])
        self.assertLess(fewer["scenarios"], 100)

    def test_runtime_info_names_the_library(self):
        code, out, _ = run("info")
        self.assertEqual((code, json.loads(out)["library"]), (0, rancognition.library_path()))


if __name__ == "__main__":
    unittest.main()
