"""The commands optimize and network as their users meet them."""

import gzip
import json
import signal
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

import rancognition

from .cli_data import run
from .test_cli_commands import command, environment
from .test_optimization import SPHERE, network

NIGHT = {"problem_type": "ES", "network": network(), "limits": {"max_load": 0.5, "coverage_loss": None, "p5_loss": 0.2}}
FUNCTION = {"function": {"suite": "bbob", "id": 1, "dimension": 2}, "budget": {"evaluations": 60}, "seed": 7}


class OptimizeCommandTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.addCleanup(lambda: self.assertEqual(rancognition.buffers_outstanding(), 0))

    def file(self, value, name="given.json"):
        path = self.folder / name
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return path

    def test_the_answer_is_the_librarys_own(self):
        for problem in (NIGHT, FUNCTION):
            code, out, err = run("optimize", self.file(problem), "--json")
            with rancognition.Optimizer() as core:
                expected = core.optimize(problem)
            self.assertEqual((code, err, {**json.loads(out), "execution_time": 0}), (0, "", {**expected, "execution_time": 0}))
        code, out, err = run("network", self.file(network()), "--json")
        with rancognition.Optimizer() as core:
            expected = core.evaluate_network(network())
        self.assertEqual((code, err, {**json.loads(out), "execution_time": 0}), (0, "", {**expected, "execution_time": 0}))

    def test_what_is_to_be_changed_is_told_to_people(self):
        result = json.loads(run("optimize", self.file(NIGHT), "--json")[1])
        code, out, err = run("optimize", self.file(NIGHT))
        self.assertEqual((code, err), (0, ""))
        lines = [" ".join(line.split()) for line in out.splitlines()]
        energy = result["expected"]["energy_w"]
        self.assertEqual(lines[0], f"energy_w {energy['after']:.4g} ({energy['before']:.4g} at the start)")
        self.assertTrue(lines[1].startswith("limits held: max_load by "), lines[1])
        for one in result["actions"]:
            self.assertIn(f"{one['managedObject']} administrativeState UNLOCKED -> LOCKED", lines)
        self.assertIn(f"energy_w {energy['before']:.4g} -> {energy['after']:.4g}", lines)
        self.assertIn(f"score 1 of the way from the start to {energy['after']:.4g}, the best of all points", lines)
        self.assertTrue(lines[-1].startswith("stopped every point was evaluated; 64 evaluations, "), lines[-1])
        self.assertLess(max(map(len, out.splitlines())), 100)

    def test_settings_and_the_bound_of_a_function_are_told(self):
        code, out, _ = run("optimize", self.file(FUNCTION))
        lines = [" ".join(line.split()) for line in out.splitlines()]
        result = json.loads(run("optimize", self.file(FUNCTION), "--json")[1])
        self.assertEqual((code, lines[0]), (0, f"f {result['best']['f'][0]:.4g} ({result['trace'][0]['f']:.4g} at the start)"))
        self.assertEqual(lines[1:3], [f"settings x1 {result['best']['x'][0]:.4g}", f"x2 {result['best']['x'][1]:.4g}"])
        self.assertIn(f"to {result['bound']['value']:.4g}, than which none can be better", lines[3])
        self.assertTrue(lines[-1].startswith("stopped all evaluations of the budget were made; 60 evaluations, "))
        many = {**FUNCTION, "function": {"suite": "bbob", "id": 1, "dimension": 30}}
        self.assertIn("and 10 more (--json)", run("optimize", self.file(many))[1])

    def test_constraints_that_no_point_satisfies_are_exit_code_1_and_named(self):
        path = self.file({**NIGHT, "limits": {"max_load": 0, "coverage_loss": None, "p5_loss": 0.9}})
        code, out, err = run("optimize", path)
        self.assertEqual((code, err), (1, ""))
        self.assertIn("no point satisfies all constraints; the nearest: energy_w ", out)
        self.assertIn("max_load is broken by ", out)
        self.assertIn("no point satisfies max_load\n", out)
        self.assertNotIn("at the start", out)
        self.assertFalse(json.loads(run("optimize", path, "--json")[1])["best"]["feasible"])
        alike = {"problem_type": "PCI", "pci": {"cells": 3, "relations": [[1, 2], [2, 3]], "values": [5], "present": [5, 5, 5]}}
        code, out, _ = run("optimize", self.file(alike))
        self.assertEqual(code, 1)
        self.assertIn("nothing: as it is set now is the best that was found", out)

    def test_changes_of_what_is_not_set_yet_have_no_value_before(self):
        slices = [{"name": "embb", "spectral_efficiency": 4, "demand_mbps": 50}, {"name": "urllc\033[1m", "spectral_efficiency": 2, "demand_mbps": 5, "weight": 3}]
        problem = {"problem_type": "SLICE", "slices": {"list": slices, "bandwidth_mhz": 20}}
        result = json.loads(run("optimize", self.file(problem), "--json")[1])
        code, out, _ = run("optimize", self.file(problem))
        lines = [" ".join(line.split()) for line in out.splitlines()]
        self.assertEqual(code, 0)
        self.assertNotIn("\033", out)
        self.assertIn(f"RRMPolicyRatio=embb {result['actions'][0]['attribute']} ? -> {result['actions'][0]['after']:.4g}", " ".join(lines))
        self.assertIn(f"rate_mbps embb - -> {result['expected']['rate_mbps embb']['after']:.4g}", lines)

    def test_members_can_be_changed(self):
        path = self.file(NIGHT)
        for changes, problem in (
            ((), NIGHT), (("limits.max_load=0.4", "budget.evaluations=20"), {**NIGHT, "limits": {**NIGHT["limits"], "max_load": 0.4}, "budget": {"evaluations": 20}}),
            (("network.traffic_mbps=35",), {**NIGHT, "network": {**network(), "traffic_mbps": 35}}), (('limits={"p5_loss":0.5}',), {**NIGHT, "limits": {"p5_loss": 0.5}}),
            (("network.cells.2.on=false",), {**NIGHT, "network": {**network(), "cells": [{**cell, "on": i != 2} for i, cell in enumerate(network()["cells"])]}}),
            (("problem_type=MLB", "limits=null", "seed=4", "budget.evaluations=90"), {**NIGHT, "problem_type": "MLB", "limits": None, "seed": 4, "budget": {"evaluations": 90}}),
        ):
            code, out, err = run("optimize", path, "--json", *(part for change in changes for part in ("--set", change)))
            with rancognition.Optimizer() as core:
                expected = core.optimize(problem)
            self.assertEqual((err, {**json.loads(out), "execution_time": 0}), ("", {**expected, "execution_time": 0}), changes)
            self.assertEqual(code, 0 if expected["best"]["feasible"] else 1)
        code, out, _ = run("optimize", self.file({**FUNCTION, "budget": {}}), "--evaluations", "40", "--seed", "9", "--threads", "2", "--json")
        self.assertEqual((code, json.loads(out)["evaluations"]), (0, 40))
        code, out, _ = run("optimize", self.file(FUNCTION), "--evaluations", "1000000000", "--deadline", "100ms", "--json")
        self.assertEqual((code, json.loads(out)["stopped"]), (0, "deadline"))

    def test_changes_that_lead_nowhere_are_wrong_use(self):
        for arguments, said in (
            (("--set", "network.cells.9.on=false"), "'9' is no place in an array of 6"), (("--set", "network.cells.x=1"), "'x' is no place"), (("--set", "problem_type.x=1"), "no place for 'x'"),
            (("--set", "problem_type.x.y=1"), "no place for 'x'"), (("--set", "limits"), "no NAME=VALUE"), (("--set", "limits.=1"), "no place for ''"), (("--set", ".a=1"), "no place for ''"),
            (("--set", "network.cells.-1=1"), "'-1' is no place"), (("--evaluations", "0"), "no whole number"), (("--deadline", "5"), "needs a unit"), (("--threads", "1025"), "no whole number"),
            (("--report", self.folder / "no" / "page.html"), "--report"),
        ):
            with self.subTest(arguments):
                code, out, err = run("optimize", self.file(NIGHT), *arguments)
                self.assertEqual((code, out), (2, ""), err)
                self.assertIn(said, err)

    def test_what_cannot_be_read_or_solved_is_told_with_the_files_name(self):
        for text, said in (
            ("{", "is no JSON"), ("[1]", "is no JSON object"), ("", "is no JSON"), ('{"seed":NaN}', "NaN is no JSON"), ('{"seed":1,"seed":2}', "'seed' is given twice"),
            ('{"target":1e999}', "a number beyond"), ("[" * 100_000, "nested too deeply"), ('{"problem_type":"SLEEP"}', "SLEEP"), ('{"problem_type":"ES"}', "problem/network: is required"),
            (json.dumps(SPHERE), "only the host can evaluate its points"), (json.dumps({**NIGHT, "limits": {"max_load": -1}}), "/limits/max_load: -1"), ("\0", "holds a NUL"),
        ):
            with self.subTest(text[:30]):
                path = self.file(text)
                code, out, err = run("optimize", path)
                self.assertEqual((code, out), (3, ""), err)
                self.assertTrue(err.startswith(f"rancognition: {path}: "), err)
                self.assertIn(said, err)
                self.assertNotIn("Traceback", err)
        self.assertEqual(run("optimize", self.folder / "none.json")[0], 3)
        code, _, err = run("network", self.file({"traffic_mbps": -1}))
        self.assertEqual((code, "network" in err), (3, True))

    def test_what_is_not_used_is_told_and_can_be_silenced(self):
        path = self.file({**FUNCTION, "colour\033[1m": 1})
        self.assertEqual(run("optimize", path, "--json")[2], "note: not used: /colour?[1m: unknown field\n")
        self.assertEqual(run("optimize", path, "--json", "-q")[2], "")

    def test_a_page_is_written_too_and_has_the_map(self):
        plan = {"problem_type": "CCO", "network": {"layout": {"type": "hexagonal", "sites": 1}, "users": {"count": 30, "seed": 1}, "traffic_mbps": 20}, "budget": {"evaluations": 40}}
        for name, value in (("optimize", plan), ("network", network())):
            page = self.folder / f"{name}.html"
            code, out, err = run(name, self.file(value), "--report", page)
            self.assertEqual((code, err), (0, ""))
            self.assertTrue(out.endswith(f"\nthe page: {page}\n"))
            self.assertTrue(page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>"))
        self.assertIn("map", json.loads(run("optimize", self.file(plan), "--json", "--report", self.folder / "page.html")[1]))
        self.assertNotIn("map", json.loads(run("optimize", self.file(plan), "--json")[1]))

    def test_pipes_and_gzip_are_read(self):
        expected = json.loads(run("optimize", self.file(NIGHT), "--json")[1])["best"]
        packed = self.folder / "night.json.gz"
        packed.write_bytes(gzip.compress(json.dumps(NIGHT, indent=2).encode()))
        self.assertEqual(json.loads(run("optimize", packed, "--json")[1])["best"], expected)
        piped = subprocess.run(command("optimize", "-", "--json"), input=b"\xef\xbb\xbf" + json.dumps(NIGHT).encode(), env=environment(), capture_output=True, check=False)
        self.assertEqual((piped.returncode, piped.stderr, json.loads(piped.stdout)["best"]), (0, b"", expected))

    @unittest.skipUnless(hasattr(signal, "pthread_kill"), "no signals to threads")
    def test_ctrl_c_ends_a_search(self):
        path, main = self.file({**FUNCTION, "function": {"suite": "bbob", "id": 24, "dimension": 20}}), threading.main_thread().ident
        timer = threading.Timer(0.5, lambda: signal.pthread_kill(main, signal.SIGINT))
        timer.start()
        try:
            self.assertEqual(run("optimize", path, "--evaluations", "1000000000"), (130, "", "rancognition: cancelled\n"))
        finally:
            timer.join()

    def test_a_networks_state_is_told_to_people(self):
        with rancognition.Optimizer() as core:
            state = core.evaluate_network(network())
        code, out, err = run("network", self.file(network()))
        lines = [" ".join(line.split()) for line in out.splitlines()]
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(lines[0], f"the traffic of 6 cells can be carried; loads stay finite up to {state['critical_scale']:.4g} times the traffic")
        busiest = max(range(6), key=lambda cell: state["loads"][cell])
        self.assertTrue(lines[2].startswith(f"busiest cell {busiest + 1} "), lines[2])
        self.assertIn(f"energy {state['energy_w']:.4g} W", lines)
        self.assertTrue(any(line.startswith("geometry, dB ") for line in lines))

    def test_too_much_traffic_is_exit_code_1(self):
        with rancognition.Optimizer() as core:
            scale = core.evaluate_network(network())["critical_scale"]
        path = self.file(network())
        code, out, _ = run("network", path, "--set", f"traffic_mbps={20 * scale * 0.99}")
        self.assertEqual(code, 1)
        self.assertRegex(out, r"^the traffic is too much for \d cells? of 6; loads stay finite up to 1.01 times the traffic\n")
        code, out, _ = run("network", path, "--set", f"traffic_mbps={20 * scale * 1.01}")
        self.assertEqual(code, 1)
        self.assertTrue(out.startswith("the traffic is too much: no finite loads exist; loads stay finite up to 0.9901 times the traffic\n"), out)
        self.assertNotIn("energy", out)
        code, out, _ = run("network", path, *(part for cell in range(1, 6) for part in ("--set", f"cells.{cell}.on=false")))
        self.assertIn("no traffic is too much for finite loads", out)


if __name__ == "__main__":
    unittest.main()
