"""Real decisions of the cognitive core through the built library. Run from src/python: python3 -m unittest discover"""

import copy
import gc
import json
import math
import pathlib
import pickle
import random
import re
import signal
import tempfile
import threading
import time
import traceback
import unittest
import weakref
from decimal import Decimal

import rancognition

QUARTER = 900_000_000_000
HOUR = 4 * QUARTER
NOW = 1_700_000_000_000_000_000
RELATION = "NRCellRelation=1-2"
ATTEMPTS = f"{RELATION}/MM.HoExeInterReq"
TROUBLES = {"too_late": "HO.IntraSys.TooLate", "too_early": "HO.IntraSys.TooEarly", "ping_pong": "HO.IntraSys.PingPong"}
TILT = {"managedObject": "NRCellDU=5", "attribute": "digitalTilt"}
ROWS = [{"time_ns": NOW + i * QUARTER, "object": f"NRCellDU={i % 2 + 1}", "metric": "RRU.PrbTotDl", "value": 40.5 + i} for i in range(20)]
CLOCK = dict(now_ns=lambda: NOW, random_u64=lambda: 42)


def handovers(trouble=None, share=0.15, noise_seed=1, **more):
    """A relation over a day of quarters of an hour; so many of its handovers have the trouble."""
    noise = random.Random(noise_seed)
    attempts = [noise.randrange(300, 500) for _ in range(96)]
    counters = {"MM.HoExeInterReq": attempts}
    for name in TROUBLES.values():
        counters[name] = [round(tried * (share if name == TROUBLES.get(trouble) else 0.003)) for tried in attempts]
    return {
        "id": "relation", "network_id": "site 7", "problem_type": "MRO", "time_ns": NOW, "seed": 7, "observe_ns": HOUR,
        "history": {f"{RELATION}/{name}": {"start_ns": NOW - 96 * QUARTER, "step_ns": QUARTER, "values": values} for name, values in counters.items()},
        "configuration": {RELATION: {"cellIndividualOffset": 0}, "NRCellCU=1": {"a3Offset": 3, "hysteresis": 2, "timeToTrigger": 320}}, **more}


def tilts(values, **more):
    """What tilt to take: throughput is to be as high as it can be, at least 12."""
    return {"id": "tilt", "network_id": "site 7", "time_ns": NOW, "seed": 7, "current_state": {"DRB.UEThpDl": 10}, "configuration": {"NRCellDU=5": {"digitalTilt": 30}},
            "objectives": ["maximize DRB.UEThpDl"], "constraints": ["DRB.UEThpDl >= 12"], "candidates": [[{**TILT, "after": value}] for value in values],
            "guards": {"LOW_CONFIDENCE": False}, **more}


def changed(actions, metrics):
    return {"DRB.UEThpDl": 40 if actions else 10}


def at(result, pointer):
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        result = result[int(step)] if isinstance(result, list) else result[step]
    return result


def told_by(value, text):
    """Whether a text is a number rounded to the digits that it shows, or 100 times it before %."""
    digits, is_percent = text.rstrip("%"), text.endswith("%")
    exact = Decimal(value) * (100 if is_percent else 1)
    shown = Decimal(digits)
    return abs(exact - shown) <= Decimal(5).scaleb(shown.as_tuple().exponent - 1) * Decimal("1.0000001")


class Column:
    """What a column of pandas is like."""

    def __init__(self, labels, values):
        self.labels, self.values = labels, values

    def to_dict(self):
        return dict(zip(self.labels, self.values))

    def to_numpy(self):
        return tuple(self.values)

    def __iter__(self):
        return iter(self.values)


class CognitionTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.before = rancognition.buffers_outstanding()
        self.core = rancognition.Cognition(seed=3)

    def tearDown(self):
        self.core.close()
        self.assertEqual(rancognition.buffers_outstanding(), self.before)

    def assertRefused(self, kind, text, call, *arguments, **named):
        with self.assertRaises(kind) as caught:
            call(*arguments, **named)
        self.assertIn(text, str(caught.exception))

    def same(self, result):
        return {name: value for name, value in result.items() if name not in ("execution_time", "timing_ns", "decision_id")}

    # ---- decisions ----
    def test_planted_troubles_are_found_and_healthy_relations_are_left_alone(self):
        for trouble in TROUBLES:
            decision = self.core.decide(handovers(trouble))
            self.assertEqual((decision["cause"]["name"], decision["cause"]["managedObject"]), (trouble, RELATION))
            self.assertTrue(decision["actions"], decision["reason"])
            for action, restored in zip(decision["actions"], decision["rollback"]["restore"]):
                self.assertEqual(restored, {"managedObject": action["managedObject"], "attribute": action["attribute"], "after": action["before"]})
        later = self.core.decide(handovers("too_late"))["actions"][0]
        self.assertGreater(later["after"], later["before"]) if later["attribute"] == "cellIndividualOffset" else self.assertLess(later["after"], later["before"])
        healthy = self.core.decide(handovers())
        self.assertEqual((healthy["cause"]["name"], healthy["actions"]), ("healthy", []))
        self.assertTrue(healthy["reason"])

    def test_every_number_of_an_explanation_is_one_of_its_fields(self):
        count = 0
        for problem in (*(handovers(trouble, noise_seed=seed) for trouble in TROUBLES for seed in range(3)), handovers(), handovers("too_late", protected=["NRCellDU=1"])):
            decision = self.core.decide(problem)
            names = {name for name in (*problem["history"], *decision["expected"])}
            for sentence in decision["explanation"]:
                text = sentence["text"]
                for name in (*sorted(names, key=len, reverse=True), RELATION, "NRCellCU=1", "NRCellDU=1"):
                    text = text.replace(name, "")
                values = [value for value in (at(decision, pointer) for pointer in sentence["fields"]) if type(value) in (int, float)]
                for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?%?", text):
                    count += 1
                    self.assertTrue(any(told_by(value, number) for value in values), (number, sentence))
        self.assertGreater(count, 30)

    def test_the_best_of_a_few_candidates_is_that_of_trying_all(self):
        pick = random.Random(4)
        for _ in range(20):
            values = pick.sample([value for value in range(0, 90) if value != 30], 4)  # 30 is what is set
            gains = {value: pick.choice([-8, 30, 50, 70, 90]) + pick.random() for value in values}
            decision = self.core.decide_with(tilts(values), lambda actions, metrics: [10 + gains[actions[0]["after"]] if actions else 10] * len(metrics))
            best = max(values, key=gains.get)
            self.assertEqual([action["after"] for action in decision["actions"]], [best] if gains[best] > 0 else [], (gains, decision["reason"]))
            self.assertEqual(len(decision["alternatives"]), 5)

    def test_constraints_that_contradict_each_other_are_named_and_nothing_is_done(self):
        def bound(kind, name, metric, value):
            return {"id": name, "constraint_type": kind, "parameters": {metric: value}}

        further = [bound("max", "m", "load", 40), bound("min", "a", "load", 60), bound("max", "z", "other", 5), "load <= 50"]
        decision = self.core.decide({"id": "p", "network_id": "n", "current_state": {"load": 45, "other": 1}}, further)
        self.assertEqual(len(decision["infeasible"]["constraints"]), 2)
        self.assertIn("a", decision["infeasible"]["constraints"])
        self.assertEqual(decision["actions"], [])
        self.assertNotIn("infeasible", self.core.decide({"id": "p", "network_id": "n", "current_state": {"load": 45, "other": 1}}, further[1:3]))

    def test_constraints_of_the_second_argument_are_targets_like_those_of_the_problem(self):
        problem = {"id": "p", "network_id": "n", "time_ns": NOW, "seed": 1, "current_state": {"load": 45}}
        inside = self.core.decide({**problem, "constraints": ["load <= 50"]})
        for further in (["load <= 50"], ("load <= 50",), '["load <= 50"]', b'["load <= 50"]'):
            decision = self.core.decide(problem, further)
            self.assertEqual([one["expression"] for one in decision["targets"]], [one["expression"] for one in inside["targets"]])
            self.assertEqual(decision["confidence"], inside["confidence"])
        self.assertEqual(self.core.decide(problem)["targets"], [])

    def test_protected_cells_are_never_touched(self):
        decision = self.core.decide(handovers("too_late", protected=["NRCellDU=2"]))
        self.assertEqual(decision["actions"], [])
        self.assertIn("PROTECTED_CELL", [guard["name"] for guard in decision["guards"] if not guard["passed"]])

    def test_problems_are_json_or_values_and_wrong_ones_are_refused(self):
        problem = handovers("too_late")
        expected = self.same(self.core.decide(problem))
        text = json.dumps(problem)
        for form in (text, text.encode(), bytearray(text.encode()), memoryview(text.encode())):
            with rancognition.Cognition(seed=3) as core:
                self.assertEqual(self.same(core.decide(form)), expected)
        with rancognition.Cognition(seed=3) as core:
            self.assertEqual(self.same(json.loads(core.decide_json(problem))), expected)
        for kind, said, given in ((rancognition.InvalidJson, "problem", "{"), (ValueError, "mode", {**problem, "mode": "HOPE"}), (ValueError, "candidates", {**problem, "candidates": [[{"after": 1}]]})):
            self.assertRefused(kind, said, self.core.decide, given)
        self.assertRefused(ValueError, "constraints", self.core.decide, problem, "{")
        self.assertEqual([one["field"] for one in self.core.decide({**problem, "colour": 1})["ignored"]], ["/colour"])

    # ---- the model of the host ----
    def test_a_model_is_asked_about_changes_and_about_none(self):
        asked = []

        def model(actions, metrics):
            asked.append((actions, metrics))
            return changed(actions, metrics)

        decision = self.core.decide_with(tilts([40]), model)
        self.assertEqual(decision["actions"], [{**TILT, "before": 30, "after": 40}])
        self.assertIn([], [actions for actions, _ in asked])
        self.assertIn([{**TILT, "before": 30, "after": 40}], [actions for actions, _ in asked])
        for actions, metrics in asked:
            self.assertIs(type(actions), list)
            self.assertTrue(all(type(name) is str for name in metrics))
            self.assertIn("DRB.UEThpDl", metrics)

    def test_a_model_may_answer_in_many_forms(self):
        problem = tilts([40], current_state={"DRB.UEThpDl": 10, "load": 50}, constraints=["DRB.UEThpDl >= 12", "load <= 60"])
        known = {"DRB.UEThpDl": 40, "load": 55}

        def answer(form):
            with rancognition.Cognition(seed=3) as core:
                return self.same(core.decide_with(problem, lambda actions, metrics: form([known[name] if actions else problem["current_state"][name] for name in metrics], metrics)))

        expected = answer(lambda values, metrics: values)
        self.assertTrue(expected["actions"])
        for form in (lambda values, metrics: tuple(values), lambda values, metrics: iter(values), lambda values, metrics: dict(zip(metrics, values)),
                     lambda values, metrics: {**dict(zip(metrics, values)), "not asked": "text"}):
            self.assertEqual(answer(form), expected)
        for labels in (lambda metrics: metrics, lambda metrics: range(len(metrics))):
            self.assertEqual(answer(lambda values, metrics: Column(labels(metrics), values)), expected)
        self.assertEqual(answer(lambda values, metrics: Column([*metrics[::-1], "other"], [*values[::-1], 5])), expected)
        unknown = answer(lambda values, metrics: None)
        for form in (lambda values, metrics: {}, lambda values, metrics: [None] * len(metrics), lambda values, metrics: [math.nan] * len(metrics), lambda values, metrics: dict.fromkeys(metrics)):
            self.assertEqual(answer(form)["expected"], unknown["expected"])

        def fails(values, metrics):
            raise rancognition.EvaluationFailed("not simulated")

        self.assertEqual(answer(fails), unknown)

    def test_an_answer_of_another_size_or_kind_comes_out_of_the_call(self):
        problem = tilts([40], current_state={"DRB.UEThpDl": 10, "load": 50}, constraints=["DRB.UEThpDl >= 12", "load <= 60"])
        for answer, kind, said in (([1], ValueError, "function: 1 number, must be 2"), ([1, 2, 3], ValueError, "function: 3 numbers, must be 2"), ("12", TypeError, "function: must be numbers, not str"),
                                   (5, ValueError, "must be 2"), ([1, "2"], TypeError, "must be a number, not str"), ({"load": "5"}, TypeError, "must be a number, not str"), ([[1], [2]], TypeError, "not list")):
            with self.subTest(answer=answer):
                self.assertRefused(kind, said, self.core.decide_with, problem, lambda actions, metrics: answer)
        self.assertRefused(TypeError, "function: must be a function", self.core.decide_with, problem, {"load": 1})
        self.assertEqual(self.core.get_state()["decisions"]["TOTAL"], 0)

    def test_any_exception_ends_the_decision_and_comes_out_with_its_traceback(self):
        def breaks(actions, metrics):
            if actions:
                raise KeyError("mine")
            return changed(actions, metrics)

        try:
            self.core.decide_with(tilts([40, 50]), breaks)
            self.fail("nothing was raised")
        except KeyError as error:
            self.assertEqual(error.args, ("mine",))
            self.assertIn("breaks", [frame.name for frame in traceback.extract_tb(error.__traceback__)])
        with self.assertRaises(SystemExit):
            self.core.decide_with(tilts([40]), lambda actions, metrics: exit(3))
        self.assertEqual(self.core.decide_with(tilts([40]), changed)["decision_id"], 1)  # what was ended was not decided

    def test_a_model_may_use_another_core_but_not_its_own(self):
        with rancognition.Cognition() as other:
            decision = self.core.decide_with(tilts([40]), lambda actions, metrics: (other.get_state(), changed(actions, metrics))[1])
            self.assertTrue(decision["actions"])
        for call in (self.core.get_state, lambda: self.core.decide({}), lambda: self.core.rollback(1), lambda: self.core.ingest({"rows": ROWS}), lambda: self.core.report_outcome(1, {})):
            self.assertRefused(rancognition.Busy, "", self.core.decide_with, tilts([40]), lambda actions, metrics, call=call: call())

    def test_functions_are_let_go_when_the_call_is_over(self):
        class Model:
            def __call__(self, actions, metrics):
                return changed(actions, metrics)

        model = Model()
        reference = weakref.ref(model)
        self.core.decide_with(tilts([40]), model)
        del model
        gc.collect()
        self.assertIsNone(reference())

    # ---- outcomes ----
    def test_an_outcome_is_watched_then_judged_once(self):
        decision = self.core.decide(handovers("too_late", mode="AUTONOMOUS"))
        self.assertTrue(decision["actions"])
        good, bad = ({ATTEMPTS: 400, f"{RELATION}/HO.IntraSys.TooLate": late} for late in (2, 200))
        self.assertEqual(self.core.report_outcome(1, bad, time_ns=NOW + HOUR - 1)["verdict"], "WATCHING")
        reply = self.core.report_outcome(1, bad, time_ns=NOW + HOUR)
        self.assertEqual((reply["verdict"], reply["restore"]), ("ROLL_BACK", decision["rollback"]["restore"]))
        self.assertEqual(self.core.report_outcome(1, good, time_ns=NOW + 2 * HOUR)["verdict"], "ROLL_BACK")
        for mode, executed, verdict in (("AUTONOMOUS", None, "ROLL_BACK"), ("ASSIST", None, "ROLL_BACK"), ("ASSIST", False, "KEPT"), ("SHADOW", None, "KEPT"), ("ASSIST", True, "ROLL_BACK")):
            with rancognition.Cognition() as core:
                self.assertTrue(core.decide(handovers("too_late", mode=mode))["actions"])
                self.assertEqual(core.report_outcome(1, bad, time_ns=NOW + HOUR, executed=executed)["verdict"], verdict, (mode, executed))
                state = core.get_state()
                self.assertEqual((state["calibration"]["count"], state["decisions"][mode], state["decisions"]["TOTAL"]), (1, 1, 1))

    def test_outcomes_are_members_or_json(self):
        outcome = {"decision_id": 1, "observed": {"load": 55.0}, "time_ns": NOW + HOUR, "executed": True}
        problem = {"id": "p", "network_id": "n", "time_ns": NOW, "observe_ns": HOUR, "seed": 1, "current_state": {"load": 50}, "constraints": ["load <= 60"]}
        found = []
        for call in (lambda core: core.report_outcome(1, {"load": 55.0}, time_ns=NOW + HOUR, executed=True), lambda core: core.report_outcome(outcome), lambda core: core.report_outcome(json.dumps(outcome)),
                     lambda core: core.report_outcome(json.dumps(outcome).encode()), lambda core: json.loads(core.report_outcome_json(outcome))):
            with rancognition.Cognition() as core:
                core.decide(problem)
                found.append(self.same(call(core)))
        self.assertEqual((found[0]["verdict"], found[0]["targets_held"]), ("KEPT", True))
        self.assertEqual(found, [found[0]] * 5)
        self.core.decide(problem)
        self.assertRefused(ValueError, "decision: give its id beside observed, executed", self.core.report_outcome, outcome, {"load": 1}, executed=False)
        self.assertRefused(TypeError, "decision: must be a whole number", self.core.report_outcome, 1.5, {})
        self.assertRefused(rancognition.NotFound, "99", self.core.report_outcome, 99, {"load": 1})
        self.assertRefused(ValueError, "observed", self.core.report_outcome, 1, {"load": "much"})

    def test_calibration_is_that_of_what_was_said_and_what_held(self):
        pick, told = random.Random(8), []
        for _ in range(60):
            bound = pick.choice((45, 50, 55))
            decision = self.core.decide({"id": "p", "network_id": "n", "time_ns": NOW, "observe_ns": HOUR, "seed": 1, "current_state": {"load": 50}, "constraints": [f"load <= {bound}"]})
            reply = self.core.report_outcome(decision["decision_id"], {"load": pick.gauss(50, 5)}, time_ns=NOW + HOUR)
            told.append((decision["confidence"], reply["targets_held"]))
        calibration = self.core.get_state()["calibration"]
        self.assertEqual(calibration["count"], 60)
        self.assertAlmostEqual(calibration["brier"], sum((said - held) ** 2 for said, held in told) / 60, places=9)
        bins = {}
        for said, held in told:
            bins.setdefault(min(9, int(said * 10)), []).append(said - held)
        self.assertAlmostEqual(calibration["ece"], sum(abs(sum(one)) for one in bins.values()) / 60, places=9)

    # ---- files ----
    def test_a_file_outlasts_the_core_and_a_decision_can_be_undone_from_it(self):
        path = self.folder / "nëtwork.db"
        with rancognition.Cognition(path, seed=1) as core:
            restore = core.decide(handovers("too_late", mode="AUTONOMOUS"))["rollback"]["restore"]
            core.ingest({"rows": ROWS})
            self.assertRefused(rancognition.Busy, "", rancognition.Cognition, path)
        with rancognition.Cognition(str(path)) as core:
            self.assertEqual(core.rollback(1)["restore"], restore)
            self.assertEqual(json.loads(core.rollback_json(1))["restore"], restore)
            self.assertEqual(core.get_state()["history_samples"], len(ROWS))
            self.assertEqual(core.decide(handovers())["decision_id"], 2)
            self.assertRefused(rancognition.NotFound, "77", core.rollback, 77)
            self.assertRefused(TypeError, "decision: must be a whole number", core.rollback, "1")
            self.assertRefused(ValueError, "decision: -1", core.rollback, -1)
        for name in ("path", "record_to"):
            self.assertRefused(TypeError, f"{name}: must be str or a path, not int", rancognition.Cognition, **{name: 5})
        self.assertRefused(TypeError, "seed: must be a whole number", rancognition.Cognition, seed="1")
        self.assertRefused(ValueError, "max_message_bytes", rancognition.Cognition, max_message_bytes=0)

    def test_calls_are_recorded_and_replayed_to_the_byte(self):
        record = self.folder / "calls.jsonl"
        with rancognition.Cognition(record_to=record) as core:
            core.ingest({"rows": ROWS})
            core.decide(handovers("too_late", mode="AUTONOMOUS", seed=None))
            core.decide_with(tilts([40, 50]), changed)
            core.report_outcome(1, {ATTEMPTS: 400}, time_ns=NOW + HOUR)
            core.rollback(1)
            core.get_state()
            with self.assertRaises(rancognition.NotFound):
                core.rollback(9)
        report = rancognition.replay(record)
        self.assertEqual((report["calls"], report["equal"], report["different"]), (7, 7, []))
        self.assertEqual(self.same(json.loads(rancognition.replay_json(str(record)))), self.same(report))
        text = record.read_text(encoding="utf-8")
        record.write_text(text.replace('"verdict":"KEPT"', '"verdict":"KEEN"').replace('"verdict":"ROLL_BACK"', '"verdict":"KEEN"'), encoding="utf-8")
        report = rancognition.replay(record)
        self.assertEqual((report["equal"], [one["call"] for one in report["different"]]), (6, ["report_outcome"]))
        self.assertRefused(rancognition.RanCognitionError, "path: the file cannot be opened", rancognition.replay, self.folder / "nowhere")
        self.assertRefused(TypeError, "path: must be str or a path", rancognition.replay, 5)
        (self.folder / "text").write_text("hello\n", encoding="utf-8")
        self.assertRefused(ValueError, "", rancognition.replay, self.folder / "text")
        with self.assertRaises(rancognition.Cancelled):
            rancognition.replay(record, rancognition.Host(progress=lambda share, stage: True))

    def test_the_same_seed_gives_the_same_bytes_and_a_host_is_asked_where_there_is_none(self):
        texts = []
        for _ in range(2):
            with rancognition.Cognition(seed=5, host=rancognition.Host(**CLOCK)) as core:
                texts.append([core.decide_json(handovers("too_late", seed=None)), core.decide_with_json(tilts([40], seed=None), changed), core.get_state_json()])
        self.assertEqual(texts[0], texts[1])
        asked = []
        with rancognition.Cognition(host=rancognition.Host(now_ns=lambda: NOW, random_u64=lambda: asked.append(1) or 42)) as core:
            problem = handovers("too_late")
            del problem["seed"], problem["time_ns"]
            decision = core.decide(problem)
        self.assertEqual((decision["seed"], decision["time_ns"], decision["execution_time"]), (42, NOW, 0))
        self.assertTrue(asked)

    # ---- measurements ----
    def test_messages_come_in_many_forms(self):
        text = json.dumps({"rows": ROWS})
        file = self.folder / "rows.json"
        file.write_text(text, encoding="utf-8")
        found = []
        for form in (text, text.encode(), bytearray(text.encode()), {"rows": ROWS}, file):
            with rancognition.Cognition() as core:
                found.append(self.same(core.ingest(form)))
                self.assertEqual(core.get_state()["history_samples"], len(ROWS))
        self.assertEqual((found[0]["format"], found[0]["samples"], found[0]["objects"], found[0]["metrics"]), ("rows", 20, 2, 1))
        self.assertEqual((found[0]["from_ns"], found[0]["to_ns"]), (NOW, ROWS[-1]["time_ns"]))
        self.assertEqual(found, [found[0]] * 5)

    def test_what_is_not_taken_is_told_and_what_is_refused_leaves_nothing(self):
        report = self.core.ingest({"rows": [*ROWS, {**ROWS[0], "value": "much"}, {**ROWS[0], "value": math.nan}]})
        self.assertEqual(report["samples"], len(ROWS))
        self.assertEqual(sum(one["count"] for one in report["skipped"]), 2)
        file = self.folder / "large"
        file.write_bytes(b" " * 5000)
        with rancognition.Cognition(max_message_bytes=1000) as core:
            for message in (b" " * 5000, file):
                self.assertRefused(rancognition.Limit, "1000", core.ingest, message)
            for kind, message in ((rancognition.InvalidJson, "{"), (ValueError, "{}"), (ValueError, "<a><b></a>"), (ValueError, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')):
                self.assertRefused(kind, "message", core.ingest, message)
            self.assertEqual(core.get_state()["history_samples"], 0)
            with self.assertRaises(FileNotFoundError):
                core.ingest(self.folder / "nowhere")

    def test_history_that_was_ingested_is_used_for_decisions(self):
        problem = handovers("too_late", network_id="")  # rows name no network
        rows = [{"time_ns": NOW - (96 - i) * QUARTER, "object": RELATION, "metric": key.partition("/")[2], "value": value}
                for key, series in problem.pop("history").items() for i, value in enumerate(series["values"])]
        self.assertNotEqual(self.core.decide(problem)["cause"]["name"], "too_late")
        self.core.ingest({"rows": rows})
        self.assertEqual(self.core.decide(problem)["cause"]["name"], "too_late")

    # ---- the object ----
    def test_progress_cancels_a_decision(self):
        with rancognition.Cognition(host=rancognition.Host(progress=lambda share, stage: True)) as core:
            with self.assertRaises(rancognition.Cancelled):
                core.decide(handovers("too_late"))
            self.assertEqual(core.get_state()["decisions"]["TOTAL"], 0)

    def test_calls_of_several_threads_on_one_core_queue_and_are_right(self):
        found = {}

        def work(k):
            trouble = list(TROUBLES)[k % 3]
            decision = self.core.decide(handovers(trouble, guards={"PACING": False}))
            found[k] = (decision["decision_id"], decision["cause"]["name"] == trouble)
            self.core.decide_with(tilts([40 + k]), changed)

        threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([is_right for _, is_right in found.values()], [True] * 6)
        self.assertEqual(len({number for number, _ in found.values()}), 6)
        self.assertEqual(self.core.get_state()["decisions"]["TOTAL"], 12)

    def test_a_closed_core_is_refused_also_by_its_own_function(self):
        def closes(actions, metrics):
            self.core.close()
            return changed(actions, metrics)

        self.assertTrue(self.core.decide_with(tilts([40]), closes)["actions"])
        for call in (lambda: self.core.decide({}), lambda: self.core.decide_with({}, changed), self.core.get_state, lambda: self.core.ingest("{}"), lambda: self.core.rollback(1),
                     lambda: self.core.report_outcome(1, {})):
            self.assertRefused(rancognition.InvalidHandle, "this Cognition is closed", call)
        self.assertRefused(TypeError, "cannot be pickled", pickle.dumps, self.core)
        self.assertRefused(TypeError, "cannot be pickled", copy.copy, self.core)
        self.assertEqual(repr(self.core), "<rancognition.Cognition (closed)>")

    def test_a_schedulers_tasks_give_the_same(self):
        problem, outcome = handovers("too_late", mode="AUTONOMOUS"), {"decision_id": 1, "observed": {ATTEMPTS: 400}, "time_ns": NOW + HOUR}
        with rancognition.Scheduler(mode="virtual") as scheduler:
            for operation in (problem, {"op": "report_outcome", "outcome": outcome}, {"op": "rollback", "decision_id": 1}, {"op": "ingest", "message": {"rows": ROWS}}, {"op": "rollback", "decision_id": 5}):
                scheduler.schedule_task(0, 0, "CognitiveProcessing", operation)
            results = [task["data"] for task in scheduler.execute_ready_tasks()["tasks_executed"]]
        expected = [self.core.decide(problem), self.core.report_outcome(outcome), self.core.rollback(1), self.core.ingest({"rows": ROWS})]
        self.assertEqual([self.same(one["Ok"]) for one in results[:-1]], [self.same(one) for one in expected])
        self.assertIn("5", results[-1]["Err"])


@unittest.skipUnless(hasattr(signal, "pthread_kill"), "no signals to threads")
class InterruptTests(unittest.TestCase):
    def test_ctrl_c_ends_a_decision(self):
        main = threading.main_thread().ident
        with rancognition.Cognition() as core:
            timer = threading.Timer(0.2, lambda: signal.pthread_kill(main, signal.SIGINT))
            timer.start()
            begun = time.monotonic()
            try:
                with self.assertRaises(KeyboardInterrupt):
                    core.decide_with(tilts(range(1, 200)), lambda actions, metrics: (time.sleep(0.05), changed(actions, metrics))[1])
            finally:
                timer.join()
            self.assertLess(time.monotonic() - begun, 5)
            self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)
            self.assertEqual(core.get_state()["decisions"]["TOTAL"], 0)
        self.assertEqual(rancognition.buffers_outstanding(), 0)


if __name__ == "__main__":
    unittest.main()
