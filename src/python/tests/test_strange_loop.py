"""Real loops of the strange-loop core through the built library. Run from src/python: python3 -m unittest discover"""

import copy
import gc
import json
import math
import pickle
import random
import signal
import threading
import time
import traceback
import unittest
import weakref

import rancognition

MATRIX = [[0.5, -0.25, 0.125], [0.125, 0.25, 0], [0, -0.5, 0.375]]
OFFSET = [1, -2, 0.5]
LINEAR = {"map": {"type": "linear", "matrix": MATRIX, "offset": OFFSET}, "tolerance": 1e-12}
TILT = {"managedObject": "NRCellDU=1", "attribute": "digitalTilt", "before": 4, "after": 6}
MINUTE = 60_000_000_000


def linear(x):
    return [sum(a * b for a, b in zip(row, x)) + c for row, c in zip(MATRIX, OFFSET)]


def solved(matrix, right):
    """x of matrix x = right, by elimination with the largest pivot."""
    rows = [[*row, value] for row, value in zip(matrix, right)]
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(len(rows)):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def command(source, parameter, value, cell, start_minute, minutes):
    return {"source": source, "command": "set", "targetParameter": parameter, "targetValue": value, "targetCell": cell,
            "timestamp": 10**18 + start_minute * MINUTE, "controlTimespan": minutes * MINUTE}


def sequence(seed, steps):
    """Observations of a loop whose models are wrong by different amounts."""
    pick, told = random.Random(seed), []
    for step in range(steps):
        truth = 50 + 20 * math.sin(step / 5) + pick.gauss(0, 1)
        told.append({"loop_id": "mlb", "time_ns": 10**18 + 2 * step, "predict": {"load": {"mean": truth - 2, "lower": truth - 4, "upper": truth, "coverage": 0.9}},
                     "experts": {"a": {"load": truth - 6}, "b": {"load": truth + pick.gauss(0, 1)}}, "actions": [{**TILT, "after": step}]})
        told.append({"loop_id": "mlb", "time_ns": 10**18 + 2 * step + 1, "observed": {"load": truth}})
    return told


class StrangeLoopTests(unittest.TestCase):
    def setUp(self):
        self.before = rancognition.buffers_outstanding()
        self.core = rancognition.StrangeLoop()

    def tearDown(self):
        self.core.close()
        self.assertEqual(rancognition.buffers_outstanding(), self.before)

    def assertRefused(self, kind, text, call, *arguments, **named):
        with self.assertRaises(kind) as caught:
            call(*arguments, **named)
        self.assertIn(text, str(caught.exception))

    def same(self, result):
        return {**result, "execution_time": 0}

    # ---- fixed points ----
    def test_a_linear_map_is_solved_as_elimination_does_it_by_every_method(self):
        exact = solved([[(i == k) - MATRIX[i][k] for k in range(3)] for i in range(3)], OFFSET)
        for method in ("auto", "picard", "aitken", "anderson", "newton"):
            for found in (self.core.solve({**LINEAR, "method": method}), self.core.solve_with({"x0": [0, 0, 0], "tolerance": 1e-12, "method": method}, linear)):
                self.assertEqual((found["state"], found["convergence"]), ("CONVERGED", True), method)
                for value, right in zip(found["x"], exact):
                    self.assertAlmostEqual(value, right, delta=1e-10)
                self.assertLessEqual(found["residual"], 1e-12)

    def test_what_the_function_is_given_and_gives_is_what_the_certificate_says(self):
        seen = []

        def noted(x):
            self.assertIs(type(x), list)
            seen.append((x, linear(x)))
            return seen[-1][1]

        found = self.core.solve_with({"x0": [1, 2, 3], "method": "picard"}, noted)
        self.assertEqual(seen[0][0], [1, 2, 3])
        self.assertEqual(found["evaluations"], len(seen))
        self.assertEqual(found["history"][0], max(abs(a - b) for a, b in zip(*seen[0])))
        self.assertEqual(found["residual"], max(abs(a - b) for a, b in zip(found["x"], linear(found["x"]))))
        self.assertEqual(len(found["history"]), found["iterations"] + 1)

    def test_a_function_may_give_its_numbers_in_many_forms(self):
        expected = self.same(self.core.solve_with({"x0": [0, 0, 0]}, linear))
        for form in (tuple, iter, lambda values: (value for value in values), lambda values: dict.fromkeys(values).keys()):
            self.assertEqual(self.same(self.core.solve_with({"x0": [0, 0, 0]}, lambda x: form(linear(x)))), expected)
        request = {"x0": [1.0]}
        expected = self.same(self.core.solve_with(request, lambda x: [math.cos(x[0])]))
        self.assertAlmostEqual(expected["x"][0], 0.7390851332151607, places=12)
        self.assertEqual(self.same(self.core.solve_with(request, lambda x: math.cos(x[0]))), expected)
        self.assertEqual(self.core.solve_with(request, lambda x: x[0] > 5)["x"], [0])

    def test_fixed_points_need_no_request(self):
        options = {"method": "anderson", "tolerance": 1e-8, "max_iterations": 50}
        expected = self.same(self.core.solve_with({"x0": [1, 2, 3], **options}, linear))
        for start in ([1, 2, 3], (1.0, 2.0, 3.0), range(1, 4)):
            self.assertEqual(self.same(self.core.fixed_point(linear, start, **options)), expected)
        self.assertEqual(json.loads(self.core.fixed_point_json(linear, [1, 2, 3], **options))["x"], expected["x"])
        self.assertEqual(self.same(self.core.fixed_point(math.cos, 1)), self.same(self.core.solve_with({"x0": [1]}, lambda x: math.cos(x[0]))))
        self.assertEqual([one["field"] for one in self.core.fixed_point(math.cos, 1, tolerence=1)["ignored"]], ["/tolerence"])
        self.assertRefused(TypeError, "x0: must be a number, not NoneType", self.core.fixed_point, linear, [1, None, 2])
        self.assertRefused(TypeError, "x0: must be numbers, not str", self.core.fixed_point, linear, "123")
        self.assertRefused(ValueError, "request", self.core.fixed_point, linear, [])

    def test_states_are_named(self):
        for function, state, more in (
            (lambda x: 1 - x, "OSCILLATING", {"method": "picard"}), (lambda x: 2 * x + 1, "DIVERGING", {"method": "picard"}), (math.cos, "CONVERGED", {}),
            (lambda x: 0.999 * x + 1, "DESCENDING", {"method": "picard", "max_iterations": 20}),
        ):
            found = self.core.fixed_point(function, 0.25, **more)
            self.assertEqual((found["state"], found["convergence"]), (state, state == "CONVERGED"), found["reason"])
        cycle = {0: 1, 1: 2, 2: 0}
        self.assertEqual(self.core.fixed_point(lambda x: cycle[round(x)] if x in cycle else x + 0.1, 0, method="picard").get("period"), 3)
        nowhere = self.core.solve({"map": {"type": "linear", "matrix": [[1]], "offset": [1]}})
        self.assertEqual((nowhere["state"], nowhere["x"]), ("INFEASIBLE", None))

    def test_another_size_is_a_value_error_that_names_both_and_comes_out_of_the_call(self):
        for answer, kind, text in (
            ([1, 2], ValueError, "function: gave 2 numbers for a point of 3"), (5.0, ValueError, "function: gave 1 number for a point of 3"), ([], ValueError, "gave 0 numbers"),
            (None, TypeError, "function: must be a number, not NoneType"), ("123", TypeError, "function: must be numbers, not str"), ([1, "2", 3], TypeError, "must be a number, not str"),
            ([1, None, 3], TypeError, "not NoneType"), ([[1], [2], [3]], TypeError, "not list"), (object(), TypeError, "not object"),
        ):
            with self.subTest(answer=answer):
                asked = []
                self.assertRefused(kind, text, self.core.solve_with, {"x0": [0, 0, 0]}, lambda x: (asked.append(x), answer)[1])
                self.assertEqual(len(asked), 1)
        for call in (lambda: self.core.solve_with({"x0": [1]}, 5), lambda: self.core.fixed_point("cos", 1)):
            self.assertRefused(TypeError, "function: must be a function", call)

    def test_any_exception_ends_the_search_and_comes_out_with_its_traceback(self):
        asked = []

        def breaks(x):
            asked.append(x)
            if len(asked) == 3:
                raise KeyError("mine")
            return linear(x)

        try:
            self.core.solve_with({"x0": [0, 0, 0], "method": "picard"}, breaks)
            self.fail("nothing was raised")
        except KeyError as error:
            self.assertEqual(error.args, ("mine",))
            self.assertIn("breaks", [frame.name for frame in traceback.extract_tb(error.__traceback__)])
        self.assertEqual(len(asked), 3)
        with self.assertRaises(SystemExit):
            self.core.fixed_point(lambda x: exit(3), 1)
        self.assertTrue(self.core.fixed_point(math.cos, 1)["convergence"])  # the core is as good as before

    def test_no_value_where_it_cannot_be_avoided_is_refused_and_elsewhere_is_avoided(self):
        self.assertRefused(ValueError, "NaN", self.core.fixed_point, lambda x: math.nan, 1)
        found = self.core.fixed_point(lambda x: math.sqrt(x) if x >= 0 else math.nan, 0.5)
        self.assertEqual(found["state"], "CONVERGED", found["reason"])

    def test_requests_are_json_or_values_and_wrong_ones_are_refused(self):
        expected = self.same(self.core.solve(LINEAR))
        text = json.dumps(LINEAR)
        for form in (text, text.encode(), bytearray(text.encode())):
            self.assertEqual(self.same(self.core.solve(form)), expected)
        self.assertEqual(json.loads(self.core.solve_json(LINEAR))["x"], expected["x"])
        for kind, text, call in (
            (rancognition.InvalidJson, "request", lambda: self.core.solve("{")), (rancognition.InvalidArgument, "solve_with", lambda: self.core.solve({})),
            (rancognition.InvalidArgument, "request/map", lambda: self.core.solve_with({**LINEAR, "x0": [0, 0, 0]}, linear)),
            (rancognition.InvalidArgument, "request/x0", lambda: self.core.solve_with({}, linear)),
            (ValueError, "method", lambda: self.core.fixed_point(linear, [0, 0, 0], method="luck")), (ValueError, "tolerance", lambda: self.core.fixed_point(linear, [0, 0, 0], tolerance=-1)),
        ):
            self.assertRefused(kind, text, call)

    # ---- predictions ----
    def test_intervals_follow_the_recursion_of_adaptive_conformal_inference_within_their_bound(self):
        step, target = 0.1, 0.9
        with rancognition.StrangeLoop(aci_step=step) as core:
            level, misses, pick = 1 - target, 0, random.Random(5)
            for count in range(1, 401):
                reply = core.observe(loop_id="a", predict={"kpi": {"mean": 0, "lower": -1, "upper": 1, "coverage": target}})["corrected"]["kpi"]
                self.assertEqual(reply["lower"] is None and not reply.get("empty"), level <= 0, count)
                self.assertEqual(bool(reply.get("empty")), level >= 1, count)
                value = pick.choice((-3, 0.1, 40, reply["upper"] or 0))  # what lies on a bound is covered
                miss = bool(reply.get("empty")) or reply["lower"] is not None and not reply["lower"] <= value <= reply["upper"]
                coverage = core.observe(loop_id="a", observed={"kpi": value})["coverage"]
                level, misses = level + step * (1 - target - miss), misses + miss
                self.assertEqual(coverage["steps"], count)
                self.assertAlmostEqual(coverage["target"], target, places=12)
                self.assertAlmostEqual(coverage["value"], 1 - misses / count, places=12)
                self.assertAlmostEqual(coverage["bound"], (target + step) / (count * step), places=9)
                self.assertLessEqual(abs(coverage["value"] - target), coverage["bound"])

    def test_experts_are_weighed_and_the_regret_is_that_of_their_losses(self):
        losses = {"a": 0.0, "b": 0.0}
        mixed = 0.0
        for told in sequence(3, 60):
            reply = self.core.observe(told)
            if "experts" in told:
                weights, experts = reply["weights"], told["experts"]
                self.assertAlmostEqual(sum(weights.values()), 1, places=12)
                continue
            truth = told["observed"]["load"]
            for name, values in experts.items():
                losses[name] += abs(values["load"] - truth)
                mixed += weights[name] * abs(values["load"] - truth)
            self.assertAlmostEqual(reply["regret"]["value"], mixed - min(losses.values()), places=9)
            self.assertLessEqual(reply["regret"]["value"], reply["regret"]["bound"])
        self.assertGreater(reply["weights"]["b"], 0.95)

    def test_members_of_an_observation_may_be_keywords(self):
        with rancognition.StrangeLoop() as other:
            for told in sequence(4, 10):
                self.assertEqual(self.same(self.core.observe(told)), self.same(other.observe(**told)))
                self.assertEqual(self.core.get_state()["loops"], other.get_state()["loops"])
            last = {**told, "predict": {"load": {"mean": 1, "lower": 0, "upper": 2}}, "observed": {}}
            self.assertEqual(self.same(json.loads(other.observe_json(json.dumps(last)))), self.same(json.loads(self.core.observe_json(**last))))
        self.assertRefused(ValueError, "observation and loop_id, observed are given", self.core.observe, {"loop_id": "a"}, loop_id="a", observed={"x": 1})
        self.assertRefused(ValueError, "request and commands are given", self.core.detect_conflicts, {}, commands=[])
        self.assertRefused(rancognition.InvalidJson, "loop_id", self.core.observe)

    def test_what_is_refused_changes_nothing(self):
        for told in sequence(6, 8)[:-1]:
            self.core.observe(told)
        state = self.core.get_state()
        for kind, text, told in (
            (ValueError, "nothing", {"loop_id": "mlb", "observed": {"nothing": 1}}), (ValueError, "x", {"loop_id": "new", "observed": {"x": 1}}),
            (ValueError, "time_ns", {"loop_id": "mlb", "time_ns": 10**18, "observed": {"load": 1}}), (ValueError, "load", {"loop_id": "mlb", "observed": {"load": math.nan}}),
            (ValueError, "coverage", {"loop_id": "mlb", "predict": {"load": {"mean": 1, "lower": 0, "upper": 2, "coverage": 1}}}), (ValueError, "observation", "{"),
        ):
            with self.subTest(told=told):
                self.assertRefused(kind, text, self.core.observe, told)
                self.assertEqual(self.same(self.core.get_state()), self.same(state))

    def test_a_state_that_is_restored_goes_on_in_the_same_way(self):
        told = sequence(7, 150)
        for one in told[:151]:
            self.core.observe(one)
        command_before = command("es", "p", 1, "c", 0, 90)
        self.core.detect_conflicts(commands=[command_before], keep=True)
        state = self.core.get_state()
        for form in (state, json.dumps(state), self.core.get_state_json()):
            with rancognition.StrangeLoop(levels=0, aci_step=0.5) as other:
                other.observe(loop_id="other", predict={"x": {"mean": 1, "lower": 0, "upper": 2}})
                other.restore(form)
                self.assertEqual(self.same(other.get_state()), self.same(state))
        with rancognition.StrangeLoop() as other:
            other.restore(state)
            for one in told[151:]:
                self.assertEqual(self.same(other.observe(one)), self.same(self.core.observe(one)))
            again = {"commands": [command("cco", "p", 2, "c", 5, 5)], "keep": True}
            report = other.detect_conflicts(again)
            self.assertEqual(self.same(report), self.same(self.core.detect_conflicts(again)))
            self.assertEqual(report["conflicts"][0]["commands"], [0, 1])
            before = other.get_state()
            for bad in ("{", "{}", "[]", {**state, "loops": 5}, {**state, "aci_step": 2}):
                with self.assertRaises(ValueError):
                    other.restore(bad)
            self.assertEqual(self.same(other.get_state()), self.same(before))

    def test_options_are_checked(self):
        self.assertRefused(ValueError, "aci_step", rancognition.StrangeLoop, aci_step=0)
        self.assertRefused(ValueError, "aci_step", rancognition.StrangeLoop, aci_step=1.5)
        self.assertRefused(ValueError, "levels", rancognition.StrangeLoop, levels=4)
        self.assertRefused(ValueError, "levels: -1", rancognition.StrangeLoop, levels=-1)
        self.assertRefused(TypeError, "levels: must be a whole number", rancognition.StrangeLoop, levels="2")
        self.assertRefused(TypeError, "aci_step: must be a number", rancognition.StrangeLoop, aci_step="0.1")
        with rancognition.StrangeLoop(1, 0) as core:
            state = core.get_state()
        self.assertEqual((state["aci_step"], state["levels"]), (1, 0))

    # ---- conflicts ----
    def test_conflicts_are_those_of_a_comparison_of_all_pairs(self):
        pick = random.Random(8)
        groups = [{"groupName": "mobility", "parameters": [{"changeTarget": "cell", "parameterName": name} for name in ("p0", "p1")]}]
        commands = [command(f"f{pick.randrange(4)}", f"p{pick.randrange(3)}", pick.randrange(2), f"c{pick.randrange(5)}", pick.randrange(100), pick.randrange(1, 30)) for _ in range(120)]
        expected = []
        for j, second in enumerate(commands):
            for i, first in enumerate(commands[:j]):
                apart = any(a["timestamp"] + a["controlTimespan"] <= b["timestamp"] for a, b in ((first, second), (second, first)))
                if apart or first["source"] == second["source"] or first["targetCell"] != second["targetCell"]:
                    continue
                parameters = {first["targetParameter"], second["targetParameter"]}
                if len(parameters) == 1 and first["targetValue"] != second["targetValue"]:
                    expected.append(([i, j], "direct", None))
                elif parameters == {"p0", "p1"}:
                    expected.append(([i, j], "indirect", "mobility"))
        report = self.core.detect_conflicts(commands=commands, groups=groups)
        self.assertGreater(len(expected), 20)
        self.assertEqual([(one["commands"], one["conflictType"], one.get("groupName")) for one in report["conflicts"]], sorted(expected))
        self.assertEqual(self.same(self.core.detect_conflicts(json.dumps({"commands": commands, "groups": groups}))), self.same(report))
        self.assertEqual(json.loads(self.core.detect_conflicts_json({"commands": commands, "groups": groups}))["conflicts"], report["conflicts"])

    def test_a_kpi_that_falls_while_both_act_is_an_implicit_conflict(self):
        pick = random.Random(9)
        commands = [command("mro", "p1", 1, "c", 20, 60), command("mlb", "p2", 1, "c", 40, 40)]
        for better, change, found in (("low", 5, 1), ("low", -5, 0), ("high", -5, 1), ("high", 5, 0), ("high", 0, 0)):
            kpis = [{"cell": "c", "metric": "k", "time_ns": 10**18 + minute * MINUTE, "value": 10 + (change if minute >= 40 else 0) + pick.gauss(0, 0.5), "better": better} for minute in range(80)]
            report = self.core.detect_conflicts(commands=commands, kpis=kpis)
            self.assertEqual([one["conflictType"] for one in report["conflicts"]], ["implicit"] * found, (better, change))

    def test_functions_that_chase_each_other_are_told_by_their_gain(self):
        for gain, radius, kind in (([[0, 0.5], [0.5, 0]], 0.5, "none"), ([[0, -1.2], [1.2, 0]], 1.2, "damping"), ([[0, 1.5], [1.5, 0]], 1.5, "precedence")):
            report = self.core.detect_conflicts(loops={"names": ["a", "b"], "gain": gain})
            self.assertAlmostEqual(report["spectral_radius"], radius, places=12)
            self.assertEqual(report["advice"]["kind"], kind)
            self.assertEqual(report["loop_gain_matrix"]["a"], {"a": gain[0][0], "b": gain[0][1]})

    # ---- the object ----
    def test_a_callback_may_use_another_core_but_not_its_own(self):
        with rancognition.StrangeLoop() as other:
            found = self.core.fixed_point(lambda x: other.fixed_point(lambda y: (y + x) / 4, 0)["x"][0] + 1, 0)
            self.assertAlmostEqual(found["x"][0], 1.5, places=8)
        for call in (lambda x: self.core.get_state(), lambda x: self.core.observe(loop_id="a"), lambda x: self.core.fixed_point(math.cos, 1), lambda x: self.core.restore("{}")):
            self.assertRefused(rancognition.Busy, "", self.core.fixed_point, call, 1)

    def test_the_hosts_clock_is_the_time_of_observations_and_results(self):
        times = iter(range(10**18, 10**18 + 10**6, 10))
        with rancognition.StrangeLoop(host=rancognition.Host(now_ns=lambda: next(times))) as core:
            core.observe(loop_id="a", predict={"x": {"mean": 1, "lower": 0, "upper": 2}})
            state = core.get_state_json().decode()
        self.assertRegex(state, r"10000000000000000\d0\b")

    def test_progress_is_told_and_cancels(self):
        shares = []

        def slow(x):
            time.sleep(0.0002)
            return 0.999 * x + 1

        with rancognition.StrangeLoop(host=rancognition.Host(progress=lambda share, stage: shares.append(share))) as core:
            core.fixed_point(slow, 0, method="picard", max_iterations=500)
        self.assertEqual(shares, sorted(shares))
        self.assertGreater(len(shares), 3)
        with rancognition.StrangeLoop(host=rancognition.Host(progress=lambda share, stage: True)) as core, self.assertRaises(rancognition.Cancelled):
            core.fixed_point(slow, 0, method="picard", max_iterations=1000)

    def test_a_deadline_ends_a_search(self):
        begun = time.monotonic()
        found = self.core.fixed_point(lambda x: (time.sleep(0.002), x + 1 / (1 + x * x))[1], 0, method="picard", max_iterations=10**6, deadline_ns=50_000_000)
        self.assertEqual((found["state"], "time" in found["reason"]), ("DESCENDING", True), found["reason"])
        self.assertLess(time.monotonic() - begun, 10)

    def test_calls_of_several_threads_on_one_core_queue_and_are_right(self):
        expected = [self.same(self.core.fixed_point(lambda x, k=k: [math.cos(x[0] + k), x[0] / 3], [0, k])) for k in range(6)]
        found = {}

        def work(k):
            found[k] = self.same(self.core.fixed_point(lambda x: [math.cos(x[0] + k), x[0] / 3], [0, k]))
            for told in sequence(k, 20):
                self.core.observe({**told, "loop_id": f"loop {k}"})

        threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([found[k] for k in range(6)], expected)
        with rancognition.StrangeLoop() as alone:
            for told in sequence(3, 20):
                alone.observe({**told, "loop_id": "loop 3"})
            (state,) = alone.get_state()["loops"]
        self.assertIn(state, self.core.get_state()["loops"])

    def test_a_closed_core_is_refused_also_by_its_own_callback(self):
        def closes(x):
            self.core.close()
            return x / 2

        self.assertTrue(self.core.fixed_point(closes, 1)["convergence"])
        for call in (lambda: self.core.solve({}), lambda: self.core.fixed_point(math.cos, 1), self.core.get_state, lambda: self.core.observe({}), lambda: self.core.detect_conflicts({}),
                     lambda: self.core.restore({})):
            self.assertRefused(rancognition.InvalidHandle, "this StrangeLoop is closed", call)
        self.assertRefused(TypeError, "cannot be pickled", pickle.dumps, self.core)
        self.assertRefused(TypeError, "cannot be pickled", copy.copy, self.core)
        self.assertEqual(repr(self.core), "<rancognition.StrangeLoop (closed)>")

    def test_functions_are_let_go_when_the_call_is_over(self):
        class Model:
            def __call__(self, x):
                return linear(x)

        model = Model()
        reference = weakref.ref(model)
        self.core.fixed_point(model, [0, 0, 0])
        del model
        gc.collect()
        self.assertIsNone(reference())

    def test_a_schedulers_tasks_give_the_same(self):
        told = sequence(1, 2)
        with rancognition.Scheduler(mode="virtual") as scheduler:
            for operation in ({"op": "solve", **LINEAR}, *({"op": "observe", "request": one} for one in told), {"op": "detect_conflicts", "commands": []}, {"op": "observe", "loop_id": 5}):
                scheduler.schedule_task(0, 0, "StrangeLoop", operation)
            results = [task["data"] for task in scheduler.execute_ready_tasks()["tasks_executed"]]
        expected = [self.core.solve(LINEAR), *map(self.core.observe, told), self.core.detect_conflicts({})]
        self.assertEqual([self.same(one["Ok"]) for one in results[:-1]], [self.same(one) for one in expected])
        self.assertIn("loop_id", results[-1]["Err"])


@unittest.skipUnless(hasattr(signal, "pthread_kill"), "no signals to threads")
class InterruptTests(unittest.TestCase):
    def interrupted(self, call):
        main = threading.main_thread().ident
        timer = threading.Timer(0.2, lambda: signal.pthread_kill(main, signal.SIGINT))
        timer.start()
        begun = time.monotonic()
        try:
            with self.assertRaises(KeyboardInterrupt):
                call()
        finally:
            timer.join()
        self.assertLess(time.monotonic() - begun, 15)
        self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)
        self.assertEqual(rancognition.buffers_outstanding(), 0)

    def test_ctrl_c_ends_searches(self):
        creeps = {"type": "expression", "variables": ["x"], "expressions": ["x + 1 / (1 + x * x)"]}
        with rancognition.StrangeLoop() as core:
            self.interrupted(lambda: core.fixed_point(lambda x: (time.sleep(0.005), x + 1 / (1 + x * x))[1], 0, method="picard", max_iterations=10**7))
            self.interrupted(lambda: core.fixed_point(lambda x: x + 1 / (1 + x * x), 0, method="picard", max_iterations=10**7))
            self.interrupted(lambda: core.solve({"map": creeps, "method": "picard", "max_iterations": 10**7}))
            self.assertTrue(core.fixed_point(math.cos, 1)["convergence"])


if __name__ == "__main__":
    unittest.main()
