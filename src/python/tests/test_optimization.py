"""Real searches of the optimization core through the built library. Run from src/python: python3 -m unittest discover"""

import copy
import gc
import itertools
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

MIXED = {
    "variables": [{"name": "tilt", "type": "real", "lower": -3, "upper": 3, "step": 0.5}, {"name": "hysteresis", "type": "integer", "lower": -2, "upper": 2},
                  {"name": "cio", "type": "ordered", "values": [0.5, 1, 2, 4]}, {"name": "on", "type": "binary"}, {"name": "pattern", "type": "category", "values": ["x", "y", "z"]}],
    "objectives": [{"name": "cost", "sense": "min"}], "constraints": [{"name": "room"}], "budget": {"evaluations": 2000}, "seed": 11}
FRONT = {"variables": [{"name": name, "type": "real", "lower": 0, "upper": 1} for name in "xy"], "objectives": [{"name": "cost", "sense": "min"}, {"name": "gain", "sense": "max"}],
         "budget": {"evaluations": 150}, "seed": 5, "reference_point": [2, 0]}
SPHERE = {"variables": [{"name": name, "type": "real", "lower": -5, "upper": 5} for name in "xyz"], "objectives": [{"name": "f", "sense": "min"}], "budget": {"evaluations": 300}}


def mixed(x):
    a, b, c, d, e = x
    return (a - 0.5) * (a - 0.5) + (b - 2) * (b - 2) + (c - 2) * (c - 2) + d * 3 + (e - 1) * (e - 1), 1 - a - b


def front(x):
    a, b = x
    return a * a + b * b, a + b - a * b


def sphere(x):
    return sum((value - 1) ** 2 for value in x)


def network(seed=1, users=8):
    pick = random.Random(seed)
    links = {"loss_db": [[pick.uniform(90, 120) for _ in range(2)] for _ in range(users)], "azimuth_deg": [[pick.uniform(0, 360) for _ in range(2)] for _ in range(users)],
             "zenith_deg": [[pick.uniform(92, 102) for _ in range(2)] for _ in range(users)]}
    cells = [{"azimuth_deg": azimuth, "tilt_deg": 98, "power_dbm": 43, "on": True} for _ in range(2) for azimuth in (30, 150, 270)]
    return {"links": links, "cells": cells, "traffic_mbps": 20}


class OptimizerTests(unittest.TestCase):
    def setUp(self):
        self.before = rancognition.buffers_outstanding()
        self.core = rancognition.Optimizer(seed=3)

    def tearDown(self):
        self.core.close()
        self.assertEqual(rancognition.buffers_outstanding(), self.before)

    def assertRefused(self, kind, text, call, *arguments, **named):
        with self.assertRaises(kind) as caught:
            call(*arguments, **named)
        self.assertIn(text, str(caught.exception))

    def same(self, result):
        return {**result, "execution_time": 0}

    def test_the_best_of_a_small_space_is_that_of_a_comparison_with_all(self):
        grid = itertools.product([i / 2 for i in range(-6, 7)], range(-2, 3), [0.5, 1, 2, 4], (0, 1), (0, 1, 2))
        expected = min((cost, x) for x in grid for cost, room in [mixed(x)] if room <= 0)
        asked = []

        def noted(x):
            asked.append(tuple(x))
            return mixed(x)

        result = self.core.optimize_with(MIXED, noted)
        self.assertEqual((result["best"]["f"], tuple(result["best"]["x"]), result["stopped"], result["bound"]["kind"]), ([expected[0]], expected[1], "exact", "enumerated"))
        self.assertEqual((len(asked), len(set(asked)), result["evaluations"], result["failed_evaluations"]), (1560, 1560, 1560, 0))
        self.assertEqual(result["best"]["constraints"][0]["value"], mixed(expected[1])[1])

    def test_a_function_may_give_its_values_in_many_forms(self):
        one = {**SPHERE, "objectives": FRONT["objectives"][:1]}
        two, both = {**FRONT, "reference_point": None}, {**FRONT, "constraints": [{"name": "a"}, {"name": "b"}], "reference_point": None}
        bounded = {**SPHERE, "constraints": [{"name": "a"}]}
        for problem, forms in (
            (one, (sphere, lambda x: [sphere(x)], lambda x: (sphere(x),), lambda x: (sphere(x), ()), lambda x: ([sphere(x)], []), lambda x: iter([sphere(x)]))),
            (two, (front, lambda x: list(front(x)), lambda x: (front(x), []))),
            (bounded, (lambda x: (sphere(x), x[0]), lambda x: [[sphere(x)], [x[0]]], lambda x: ((sphere(x),), x[0]))),
            (both, (lambda x: (front(x), (x[0] - 0.5, x[1] - 0.5)), lambda x: [list(front(x)), [x[0] - 0.5, x[1] - 0.5]])),
        ):
            results = [self.same(self.core.optimize_with(problem, form)) for form in forms]
            for other in results[1:]:
                self.assertEqual(other, results[0])
            self.assertEqual((results[0]["failed_evaluations"], results[0]["best"]["feasible"]), (0, True))
        self.assertEqual(self.core.optimize_with(one, lambda x: round(sphere(x)))["best"]["f"], [0])
        self.assertEqual(self.core.optimize_with(one, lambda x: sphere(x) < 20)["best"]["f"], [False])

    def test_points_that_fail_are_counted_and_the_search_goes_on(self):
        def fails(x, how):
            if x[0] > 0 and how is None:
                raise rancognition.EvaluationFailed("no convergence")
            return how if x[0] > 0 else (x[0] + 2) ** 2

        problem = {"variables": [{"name": "x", "type": "integer", "lower": -4, "upper": 5}], "objectives": [{"name": "f"}]}
        for how in (None, math.nan, math.inf, [None], [math.nan]):
            result = self.core.optimize_with(problem, lambda x: fails(x, how))
            self.assertEqual((result["evaluations"], result["failed_evaluations"], result["best"]["x"]), (10, 5, [-2]))
        result = self.core.optimize_with(problem, lambda x: None if x[0] > 0 else x[0])
        self.assertEqual(result["failed_evaluations"], 5)
        bounded = {**problem, "constraints": [{"name": "g"}]}
        for bad in (None, math.nan, (1, None), (1, math.nan), (None, 0), (math.nan, None)):
            result = self.core.optimize_with(bounded, lambda x: bad if x[0] > 0 else (x[0], -1))
            self.assertEqual((result["failed_evaluations"], result["best"]["x"]), (5, [-4]), bad)
        with self.assertRaises(rancognition.InvalidArgument):
            self.core.optimize_with(problem, lambda x: None)

    def test_any_other_exception_ends_the_search_and_comes_out_with_its_traceback(self):
        for call, problem in ((self.core.optimize_with, SPHERE), (self.core.optimize_with_batch, FRONT)):
            asked = []

            def breaks(x):
                asked.append(x)
                raise KeyError("mine")

            try:
                call(problem, breaks)
                self.fail("nothing was raised")
            except KeyError as error:
                self.assertEqual(error.args, ("mine",))
                self.assertIn("breaks", [frame.name for frame in traceback.extract_tb(error.__traceback__)])
            self.assertEqual(len(asked), 1)
        with self.assertRaises(SystemExit):
            self.core.optimize_with(SPHERE, lambda x: exit(3))
        self.assertEqual(self.core.optimize_with(SPHERE, sphere)["failed_evaluations"], 0)  # the core is as good as before

    def test_values_that_are_none_are_errors_that_name_what_is_wrong(self):
        two, bounded = {**FRONT, "reference_point": None}, {**SPHERE, "constraints": [{"name": "g"}]}
        for problem, answer, kind, text in (
            (SPHERE, "5", TypeError, "objectives: must be numbers, not str"), (SPHERE, ["5"], TypeError, "objectives: must be a number, not str"), (SPHERE, object(), TypeError, "not object"),
            (SPHERE, [1, 2], ValueError, "objectives: 2 numbers, must be 1"), (SPHERE, [], ValueError, "objectives: 0 numbers, must be 1"), (SPHERE, 1j, TypeError, "not complex"),
            (two, 1, ValueError, "objectives: 1 number, must be 2"), (bounded, 1.5, TypeError, "must give (objectives, constraints)"),
            (bounded, (1, 2, 3), TypeError, "must give (objectives, constraints)"), (bounded, (1, [1, 2]), ValueError, "constraints: 2 numbers, must be 1"),
        ):
            with self.subTest(answer=answer):
                self.assertRefused(kind, text, self.core.optimize_with, problem, lambda x: answer)
        for problem, answer, kind, text in (
            (SPHERE, 5, TypeError, "objectives: must be numbers, not int"), (SPHERE, [], ValueError, "objectives: 0 for 1 points"), (SPHERE, ["5"], TypeError, "objectives[0]"),
            (two, [[1]], ValueError, "objectives[0]: 1 number, must be 2"), (bounded, [1], TypeError, "must give (objectives, constraints)"), (bounded, ([1], 1), TypeError, "constraints"),
        ):
            with self.subTest(batch=answer):
                self.assertRefused(kind, text, self.core.optimize_with_batch, {**problem, "budget": {"evaluations": 1}}, lambda points: answer)
        for call in (self.core.optimize_with, self.core.optimize_with_batch):
            self.assertRefused(TypeError, "function: must be a function, not int", call, SPHERE, 5)

    def test_batches_and_asking_give_the_same_as_one_by_one(self):
        for problem, function, objectives, has_limits in ((SPHERE, sphere, 1, False), (MIXED, mixed, 1, True), (FRONT, front, 2, False)):
            problem = {**problem, "budget": {"evaluations": 150}}
            expected = self.same(self.core.optimize_with(problem, function))
            sizes = []

            def batch(points):
                sizes.append(len(points))
                values = [function(x) for x in points]
                return ([value for value, _ in values], [[limit] for _, limit in values]) if has_limits else values

            self.assertEqual(self.same(self.core.optimize_with_batch(problem, batch)), expected)
            self.assertEqual(sum(sizes), 150)
            self.assertGreater(max(sizes), 1)
            for capacity in (1, 7, 256):
                self.core.begin(problem)
                told = 0
                while points := self.core.ask(capacity):
                    self.assertLessEqual(len(points), capacity)
                    self.assertEqual(self.core.ask(capacity), points)
                    values = [function(x) for x in reversed(points)]
                    parts = ([value[0] for value in values], [value[1] for value in values]) if has_limits else (values, None)
                    self.core.tell(points[::-1], *parts)
                    told += len(points)
                self.assertEqual(told, 150)
                found = self.core.result()
                self.assertEqual((found["evaluations"], found["stopped"], len(found["best"]["f"])), (150, "budget", objectives))
                if capacity == 1:  # in the order of the search
                    self.assertEqual({**found, "execution_time": 0}, expected)

    def test_points_are_told_in_many_forms(self):
        self.core.begin(MIXED)
        a, b, c, d = self.core.ask(4)
        self.core.tell(a, mixed(a)[0], mixed(a)[1])
        self.core.tell(b, [mixed(b)[0]], [mixed(b)[1]])
        self.core.tell([tuple(c)], [[mixed(c)[0]]], [[mixed(c)[1]]])
        self.core.tell(d, None)
        result = self.core.result()
        self.assertEqual((result["evaluations"], result["failed_evaluations"], result["stopped"]), (4, 1, "cancelled"))
        self.core.tell([[0.5, 2, 2, 0, 1]], [0], [-1.5])  # the best one, which was not asked for
        self.assertEqual(self.core.result()["best"]["x"], [0.5, 2, 2, 0, 1])
        self.core.begin({"variables": [{"name": "x", "type": "integer", "lower": 0, "upper": 3}], "objectives": [{"name": "f"}]})
        self.core.tell([3], 7)
        self.core.tell([[1], [0]], [None, 4])
        self.core.tell([2], [1.5])
        result = self.core.result()
        self.assertEqual((result["best"]["x"], result["evaluations"], result["failed_evaluations"]), ([2], 4, 1))

    def test_what_is_told_wrongly_is_refused_as_a_whole(self):
        self.core.begin(MIXED)
        points = self.core.ask(3)
        for kind, text, arguments in (
            (ValueError, "points[1]: 4 numbers, must be 5", ([points[0], points[1][:4]], [1, 2], [0, 0])), (ValueError, "objectives: 1 for 3 points", (points, [1], [0, 0, 0])),
            (ValueError, "constraints: 2 for 3 points", (points, [1, 2, 3], [0, 0])), (ValueError, "objectives[0]: 2 numbers", (points[:1], [[1, 2]], [0])),
            (ValueError, "constraints", (points, [1, 2, 3])), (ValueError, "rows", ([], [], [])), (TypeError, "points: must be numbers", (5, [1], [0])),
            (ValueError, "x[1][0]: 99", ([points[0], [99, 0, 1, 0, 0]], [1, 2], [0, 0])), (ValueError, "x[0][0]: is not", ([[None, 0, 1, 0, 0]], [1], [0])), (TypeError, "points", ("12345", [1], [0])),
        ):
            with self.subTest(text):
                self.assertRefused(kind, text, self.core.tell, *arguments)
        self.assertEqual((self.core.result()["evaluations"], self.core.ask(3)), (0, points))
        self.assertRefused(ValueError, "capacity", self.core.ask, 0)
        self.assertRefused(ValueError, "capacity: -1", self.core.ask, -1)
        self.assertRefused(ValueError, "capacity: 1048577", self.core.ask, 2**20 + 1)
        self.assertRefused(TypeError, "capacity: must be a whole number", self.core.ask, "5")

    def test_asking_before_a_search_was_begun_is_refused_and_a_failed_begin_changes_nothing(self):
        for call in (self.core.ask, self.core.result, lambda: self.core.tell([[1]], [1])):
            self.assertRefused(rancognition.NotFound, "no search was begun", call)
        self.core.begin(SPHERE)
        points = self.core.ask(4)
        for bad in ({"variables": []}, "{", "[]", "5", {"variables": 5}, "[" * 100_000, '{"variables":[],"variables":[]}', {"problem_type": "ES"}, {"function": {"suite": "bbob", "id": 1, "dimension": 7}}):
            with self.assertRaises(ValueError):
                self.core.begin(bad)
        self.assertEqual(self.core.ask(4), points)

    def test_problems_are_json_or_values_and_what_is_not_used_is_told(self):
        problem = {"function": {"suite": "bbob", "id": 8, "dimension": 4, "instance": 3}, "budget": {"evaluations": 200}, "seed": 7, "colour": "red"}
        expected = self.same(self.core.optimize(problem))
        text = json.dumps(problem)
        for form in (text, text.encode(), bytearray(text.encode())):
            self.assertEqual(self.same(self.core.optimize(form)), expected)
        self.assertEqual(json.loads(self.core.optimize_json(problem))["best"], expected["best"])
        self.assertEqual([one["field"] for one in expected["ignored"]], ["/colour"])
        self.assertGreaterEqual(expected["best"]["f"][0], expected["bound"]["value"])
        self.assertEqual((expected["bound"]["kind"], expected["evaluations"]), ("proven", 200))

    def test_seed_and_threads_are_those_of_problems_that_give_none(self):
        problem = {"function": {"suite": "bbob", "id": 15, "dimension": 3}, "budget": {"evaluations": 1500}}
        results = {}
        for seed, threads in ((1, None), (1, 4), (2, None), (None, None)):
            with rancognition.Optimizer(seed=seed, threads=threads) as core:
                results[seed, threads] = self.same(core.optimize(problem))
                self.assertEqual(self.same(core.optimize({**problem, "seed": 1})), results[1, None])
        self.assertEqual(results[1, None], results[1, 4])
        self.assertNotEqual(results[1, None]["trace"], results[2, None]["trace"])
        self.assertRefused(ValueError, "seed: -1", rancognition.Optimizer, seed=-1)
        self.assertRefused(ValueError, "threads", rancognition.Optimizer, threads=0)
        self.assertRefused(TypeError, "threads: must be a whole number", rancognition.Optimizer, threads="2")

    def test_energy_saving_is_that_of_a_comparison_with_all_states(self):
        base = network()
        limits = {"max_load": 0.5, "coverage_loss": None, "p5_loss": 0.2}
        result = self.core.optimize({"problem_type": "ES", "network": base, "limits": limits})
        states = {}
        for on in itertools.product((False, True), repeat=6):
            cells = [{**cell, "on": one} for cell, one in zip(base["cells"], on)]
            states[on] = self.core.evaluate_network({**base, "cells": cells})
        best, full = None, states[(True,) * 6]["throughput_mbps"]["p5"]
        for on, state in states.items():
            if any(on) and state["feasible"] and max(state["loads"]) <= 0.5 and state["throughput_mbps"]["p5"] >= 0.8 * full and (best is None or state["energy_w"] < best[0]):
                best = state["energy_w"], on
        self.assertAlmostEqual(result["best"]["f"][0] / best[0], 1, places=9)  # loads are found from another start
        self.assertEqual((tuple(bool(value) for value in result["best"]["x"]), result["stopped"]), (best[1], "exact"))
        self.assertEqual([one["managedObject"] for one in result["actions"]], [f"NRCellDU={cell + 1}" for cell in range(6) if not best[1][cell]])
        self.assertEqual({one["after"] for one in result["actions"]}, {"LOCKED"})

    def test_a_network_beyond_its_limit_has_no_numbers_past_it(self):
        state = self.core.evaluate_network(network())
        self.assertTrue(state["feasible"])
        for factor, feasible in ((0.999, True), (1.001, False)):
            at = self.core.evaluate_network({**network(), "traffic_mbps": 20 * state["critical_scale"] * factor})
            self.assertEqual((at["feasible"], at["loads"] is None, at["energy_w"] is None), (feasible, not feasible, not feasible))
        self.assertEqual(json.loads(self.core.evaluate_network_json(json.dumps(network())))["loads"], state["loads"])
        self.assertRefused(ValueError, "network", self.core.evaluate_network, {"traffic_mbps": -1})

    def test_a_callback_may_use_another_core_but_not_its_own(self):
        with rancognition.Optimizer() as other:
            result = self.core.optimize_with({**SPHERE, "budget": {"evaluations": 20}}, lambda x: other.optimize_with({**SPHERE, "budget": {"evaluations": 5}}, sphere)["best"]["f"][0])
        self.assertEqual(result["evaluations"], 20)
        for call in (lambda x: self.core.ask(), lambda x: self.core.result(), lambda x: self.core.optimize_with(SPHERE, sphere), lambda x: self.core.begin(SPHERE)):
            if call.__code__.co_names[1] == "ask":
                self.core.begin(SPHERE)
            self.assertRefused(rancognition.Busy, "", self.core.optimize_with, SPHERE, call)

    def test_progress_is_told_and_cancels(self):
        shares = []
        host = rancognition.Host(progress=lambda share, stage: shares.append(share))

        def slow(x):
            time.sleep(0.006)
            return sphere(x)

        with rancognition.Optimizer(host=host) as core:
            core.optimize_with({**SPHERE, "budget": {"evaluations": 20}}, slow)
        self.assertEqual(shares, sorted(shares))
        self.assertGreater(len(shares), 5)
        with rancognition.Optimizer(host=rancognition.Host(progress=lambda share, stage: True)) as core, self.assertRaises(rancognition.Cancelled):
            core.optimize_with(SPHERE, slow)

    def test_a_deadline_ends_a_search(self):
        begun = time.monotonic()
        result = self.core.optimize_with({**SPHERE, "budget": {"evaluations": 10**6, "deadline_ns": 50_000_000}}, lambda x: (time.sleep(0.002), sphere(x))[1])
        self.assertEqual(result["stopped"], "deadline")
        self.assertLess(time.monotonic() - begun, 10)

    def test_calls_of_several_threads_on_one_core_queue_and_are_right(self):
        problems = [{**SPHERE, "seed": seed} for seed in range(6)]
        expected = [self.same(self.core.optimize_with(problem, sphere)) for problem in problems]
        found = {}

        def work(place):
            found[place] = self.same(self.core.optimize_with(problems[place], sphere))

        threads = [threading.Thread(target=work, args=(place,)) for place in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([found[place] for place in range(6)], expected)

    def test_searches_that_are_begun_while_others_ask_never_mix_their_sizes(self):
        many = {"variables": [{"name": f"v{i}", "type": "real", "lower": 0, "upper": 1} for i in range(200)], "objectives": [{"name": "f"}]}
        stop, wrong = threading.Event(), []

        def begin():
            while not stop.is_set():
                self.core.begin(many)
                self.core.begin(SPHERE)

        def ask():
            try:
                for _ in range(300):
                    wrong.extend(len(x) for x in self.core.ask(16) if len(x) not in (3, 200))
            except Exception as error:  # told by the main thread
                wrong.append(error)

        self.core.begin(SPHERE)
        threads = [threading.Thread(target=begin), threading.Thread(target=ask), threading.Thread(target=ask)]
        for thread in threads:
            thread.start()
        for thread in threads[1:]:
            thread.join()
        stop.set()
        threads[0].join()
        self.assertEqual(wrong, [])

    def test_a_closed_optimizer_is_refused_also_by_its_own_callback(self):
        def closes(x):
            self.core.close()
            return sphere(x)

        result = self.core.optimize_with({**SPHERE, "budget": {"evaluations": 10}}, closes)
        self.assertEqual(result["evaluations"], 10)
        for call in (lambda: self.core.optimize({}), lambda: self.core.begin(SPHERE), self.core.result, self.core.ask, lambda: self.core.evaluate_network({})):
            self.assertRefused(rancognition.InvalidHandle, "this Optimizer is closed", call)
        self.assertRefused(TypeError, "cannot be pickled", pickle.dumps, self.core)
        self.assertRefused(TypeError, "cannot be pickled", copy.copy, self.core)
        self.assertEqual(repr(self.core), "<rancognition.Optimizer (closed)>")

    def test_functions_are_let_go_when_the_call_is_over(self):
        class Model:
            def __call__(self, x):
                return sphere(x)

        model = Model()
        reference = weakref.ref(model)
        self.core.optimize_with(SPHERE, model)
        del model
        gc.collect()
        self.assertIsNone(reference())

    def test_a_schedulers_task_gives_the_same(self):
        problem = {"function": {"suite": "bbob", "id": 3, "dimension": 2}, "budget": {"evaluations": 60}, "seed": 1}
        with rancognition.Scheduler(mode="virtual") as scheduler:
            scheduler.schedule_task(0, 0, "Optimization", problem)
            (task,) = scheduler.execute_ready_tasks()["tasks_executed"]
        self.assertEqual(self.same(task["data"]["Ok"]), self.same(self.core.optimize(problem)))


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
        endless = {**SPHERE, "budget": {"evaluations": 10**9}}
        with rancognition.Optimizer() as core:
            self.interrupted(lambda: core.optimize_with(endless, sphere))
            self.interrupted(lambda: core.optimize_with(endless, lambda x: time.sleep(0.01)))
            self.interrupted(lambda: core.optimize_with_batch(endless, lambda points: [sphere(x) for x in points]))
            self.interrupted(lambda: core.optimize({"function": {"suite": "bbob", "id": 24, "dimension": 20}, "budget": {"evaluations": 10**9}}))
            self.assertEqual(core.optimize_with(SPHERE, sphere)["evaluations"], 300)


if __name__ == "__main__":
    unittest.main()
