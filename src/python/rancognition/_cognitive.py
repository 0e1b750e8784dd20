"""The cognitive core."""

import ctypes
import json
import os
from typing import Any, Callable, Dict, List, Optional, Union

from ._call import guarded, plain_buffer
from ._handle import Handle, options_of
from ._host import AnyHost, raw_host
from ._library import library
from ._numbers import whole
from ._points import model_evaluator
from ._raw import rancog_what_if
from ._text import name_of, path_of, text_of

_MESSAGE_BYTES_MAX = 67_108_864  # of the library, when the options say nothing
_MESSAGE_BYTES_LIMIT = 2**31 - 1

_Path = Union[str, bytes, "os.PathLike[str]"]


class Cognition(Handle):
    """Decisions that an engineer can check, undo and learn from: what ails a network, what to change, what comes of it, and whether it may be done.

    path: an SQLite file that keeps decisions, memory and history, so that they outlast the process (without it they live in the process).
    record_to: a file that every call is appended to, for replay. seed: of decisions that give none (the host's random numbers).
    max_message_bytes: the largest message of ingest (67108864).
    host: a Host with functions of yours (clock, random numbers and progress), or None for the library's own.

    >>> import rancognition
    >>> relation, quarter = "NRCellRelation=1-2", 900_000_000_000
    >>> def counter(value):
    ...     return {"start_ns": 0, "step_ns": quarter, "values": [value] * 24}
    >>> problem = {  # of 400 handovers in each quarter of an hour 60 come too late
    ...     "id": "late", "network_id": "site 7", "problem_type": "MRO", "time_ns": 24 * quarter,
    ...     "history": {f"{relation}/MM.HoExeInterReq": counter(400), f"{relation}/HO.IntraSys.TooLate": counter(60)},
    ...     "configuration": {relation: {"cellIndividualOffset": 0}}}
    >>> with rancognition.Cognition(seed=1) as core:
    ...     decision = core.decide(problem)
    >>> decision["cause"]["name"], decision["cause"]["managedObject"], decision["decision_id"]
    ('too_late', 'NRCellRelation=1-2', 1)

    Problems, constraints and outcomes are dicts and lists as rancognition.h describes them (rancog_cognitive_decide and _report_outcome, with
    the units of every member), or their JSON as str or bytes; they may hold NumPy arrays. Results are dicts; the methods that end in _json
    give the bytes that the library wrote instead.

    Any thread may call anything; calls on one core queue, different cores run in parallel, and the interpreter's lock is released but for
    your functions. Ctrl-C ends decide, decide_with and replay. One process at a time has a file: Busy says that another one does.
    Every method raises RanCognitionError with the library's status and message; see its subclasses. A call that fails changes nothing.
    """

    _destroy = "rancog_cognitive_destroy"
    _message_bytes_max = _MESSAGE_BYTES_LIMIT  # of a core that a loader made, the library alone knows better

    def __init__(self, path: Optional[_Path] = None, record_to: Optional[_Path] = None, seed: Optional[int] = None,
                 max_message_bytes: Optional[int] = None, host: Optional[AnyHost] = None) -> None:
        super().__init__(host)
        options: Dict[str, Any] = {}
        if path is not None:
            options["path"] = path_of(path, "path")
        if record_to is not None:
            options["record_to"] = path_of(record_to, "record_to")
        if seed is not None:
            options["seed"] = whole(seed, "seed")
        if max_message_bytes is not None:
            options["max_message_bytes"] = whole(max_message_bytes, "max_message_bytes")
        text = options_of(options)
        self._handle = self._create("rancog_cognitive_create", text, len(text or b""), ctypes.byref(raw_host(host)))
        self._message_bytes_max = options.get("max_message_bytes", _MESSAGE_BYTES_MAX)

    def decide(self, problem: Any, constraints: Any = None) -> Dict[str, Any]:
        """Decides: the cause, changes of attributes with what is expected of them, guards, how sure it is, how to undo it, and why, in sentences.

        problem: what is known of the network, or an intent of TS 28.312. constraints: further targets, as texts or dicts. Times are in ns since
        1970, attributes in the units of 3GPP. No change is a decision, too: actions is empty then, and reason says why.

        >>> import rancognition
        >>> problem = {"id": "night", "network_id": "site 7", "current_state": {"RRU.PrbTotDl": 50}}
        >>> with rancognition.Cognition(seed=1) as core:
        ...     decision = core.decide(problem, [{"id": "most", "constraint_type": "max", "parameters": {"RRU.PrbTotDl": 40}},
        ...                                      {"id": "least", "constraint_type": "min", "parameters": {"RRU.PrbTotDl": 60}}])
        >>> decision["actions"], decision["infeasible"]["constraints"]
        ([], ['least', 'most'])
        """
        result: Dict[str, Any] = json.loads(self.decide_json(problem, constraints))
        return result

    def decide_json(self, problem: Any, constraints: Any = None) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._decided("rancog_cognitive_decide", problem, constraints)

    def decide_with(self, problem: Any, function: Callable[[List[Dict[str, Any]], List[str]], Any], constraints: Any = None) -> Dict[str, Any]:
        """Decides with function(actions, metrics) as the judge of what changes bring: a model of the network, a simulator.

        actions: changes as dicts (managedObject, attribute, before, after); [] = the network as it is. metrics: names of what is asked.
        The function returns a number for each metric in their order, or a dict (or column of pandas) by their names; None, NaN and what a dict
        lacks are not known, and the library's own expectation stands. None for all, or raising EvaluationFailed, means that nothing can be told of these
        changes. Any other exception ends the decision and is raised by this call.

        >>> import rancognition
        >>> tilts = [[{"managedObject": "NRCellDU=1", "attribute": "digitalTilt", "after": tilt}] for tilt in (20, 40, 60)]
        >>> problem = {"id": "tilt", "network_id": "site 7", "current_state": {"DRB.UEThpDl": 10}, "configuration": {"NRCellDU=1": {"digitalTilt": 30}},
        ...            "objectives": ["maximize DRB.UEThpDl"], "constraints": ["DRB.UEThpDl >= 12"], "candidates": tilts}
        >>> def simulated(actions, metrics):  # Mbit/s, best at 4 degrees
        ...     tilt = actions[0]["after"] if actions else 30
        ...     return {"DRB.UEThpDl": 20 - abs(tilt - 40)}
        >>> with rancognition.Cognition(seed=1) as core:
        ...     decision = core.decide_with(problem, simulated)
        >>> [action["after"] for action in decision["actions"]]
        [40]
        """
        result: Dict[str, Any] = json.loads(self.decide_with_json(problem, function, constraints))
        return result

    def decide_with_json(self, problem: Any, function: Callable[[List[Dict[str, Any]], List[str]], Any], constraints: Any = None) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._decided("rancog_cognitive_decide_with", problem, constraints, rancog_what_if(model_evaluator(function)), None)

    def report_outcome(self, decision: Any, observed: Any = None, *, time_ns: Optional[int] = None, executed: Optional[bool] = None) -> Dict[str, Any]:
        """Tells what came of a decision; gives the verdict: WATCHING, KEPT, or ROLL_BACK with the values to restore. Then it is learned from.

        decision: its id. observed: {metric: number}. time_ns: when, ns since 1970 (the clock's). executed: whether it was carried out (as its
        mode says). Or decision: all of that as one dict with decision_id, or its JSON.

        >>> import rancognition
        >>> problem = {"id": "p", "network_id": "site 7", "current_state": {"load": 50}, "constraints": ["load <= 60"], "time_ns": 10**18,
        ...            "observe_ns": 900_000_000_000}
        >>> with rancognition.Cognition(seed=1) as core:
        ...     decision = core.decide(problem)["decision_id"]
        ...     early = core.report_outcome(decision, {"load": 52}, time_ns=10**18 + 1)
        ...     late = core.report_outcome(decision, {"load": 52}, time_ns=10**18 + 900_000_000_000)
        >>> early["verdict"], late["verdict"], late["targets_held"]
        ('WATCHING', 'KEPT', True)
        """
        result: Dict[str, Any] = json.loads(self.report_outcome_json(decision, observed, time_ns=time_ns, executed=executed))
        return result

    def report_outcome_json(self, decision: Any, observed: Any = None, *, time_ns: Optional[int] = None, executed: Optional[bool] = None) -> bytes:
        """The same as the JSON that the library wrote."""
        members = {"observed": observed, "time_ns": time_ns, "executed": executed}
        given = {name: value for name, value in members.items() if value is not None}
        if isinstance(decision, (dict, str, bytes, bytearray, memoryview)):
            if given:
                raise ValueError(f"decision: give its id beside {', '.join(given)}, or all in one")
            text = text_of(decision)
        else:
            text = text_of({"decision_id": whole(decision, "decision"), **given})
        return self._text("rancog_cognitive_report_outcome", text, len(text))

    def rollback(self, decision: int) -> Dict[str, Any]:
        """How to undo a decision by its id, also after a crash: restore has the values to set (None: there was none). It may be asked again.

        >>> import rancognition
        >>> tilt = {"managedObject": "NRCellDU=1", "attribute": "digitalTilt", "after": 40}
        >>> problem = {"id": "tilt", "network_id": "site 7", "current_state": {"DRB.UEThpDl": 10}, "configuration": {"NRCellDU=1": {"digitalTilt": 30}},
        ...            "objectives": ["maximize DRB.UEThpDl"], "candidates": [[tilt]]}
        >>> with rancognition.Cognition(seed=1) as core:
        ...     decision = core.decide_with(problem, lambda actions, metrics: {"DRB.UEThpDl": 10 + 5 * len(actions)})
        ...     undo = core.rollback(decision["decision_id"])
        >>> undo["restore"]
        [{'managedObject': 'NRCellDU=1', 'attribute': 'digitalTilt', 'after': 30}]
        """
        result: Dict[str, Any] = json.loads(self.rollback_json(decision))
        return result

    def rollback_json(self, decision: int) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._text("rancog_cognitive_rollback", whole(decision, "decision"))

    def get_state(self) -> Dict[str, Any]:
        """What the core knows of itself: skill of its predictions, calibration, coverage, decisions, vetoes, regret, integration of metrics.

        >>> import rancognition
        >>> with rancognition.Cognition() as core:
        ...     state = core.get_state()
        >>> state["consciousness_level"], state["calibration"]["count"], state["episodes"]
        (None, 0, 0)
        """
        state: Dict[str, Any] = json.loads(self.get_state_json())
        return state

    def get_state_json(self) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._text("rancog_cognitive_get_state")

    def ingest(self, message: "Union[str, bytes, Dict[str, Any], os.PathLike[str]]") -> Dict[str, Any]:
        """Takes measurements into the history, whole or not at all; tells what was taken, what not, and why.

        message: VES perf3gpp, a measurement file of TS 32.435 or TS 28.532 (XML), E2SM-KPM as JSON, or {"rows": [{time_ns, object, metric,
        value}]}: its text or bytes, a dict, or a path object of a file that holds it.

        >>> import rancognition
        >>> rows = [{"time_ns": 900_000_000_000 * i, "object": "NRCellDU=1", "metric": "RRU.PrbTotDl", "value": 40 + i} for i in range(1, 5)]
        >>> with rancognition.Cognition() as core:
        ...     report = core.ingest({"rows": rows})
        >>> report["format"], report["samples"], report["skipped"]
        ('rows', 4, [])
        """
        report: Dict[str, Any] = json.loads(self.ingest_json(message))
        return report

    def ingest_json(self, message: "Union[str, bytes, Dict[str, Any], os.PathLike[str]]") -> bytes:
        """The same as the JSON that the library wrote."""
        if isinstance(message, os.PathLike):
            with open(message, "rb") as file:
                text = file.read(self._message_bytes_max + 1)  # one more is enough for the library to say that it is too much
        else:
            text = text_of(message)
        return self._text("rancog_cognitive_ingest", text, len(text))

    def _decided(self, name: str, problem: Any, constraints: Any, *model: Any) -> bytes:
        text = text_of(problem)
        further = None if constraints is None else text_of(constraints)
        return self._text(name, text, len(text), further, len(further or b""), *model, long=True)


def replay(path: _Path, host: Optional[AnyHost] = None) -> Dict[str, Any]:
    """Makes every call of a record (record_to) again, clock and random numbers as they were; tells how many results are equal, and which differ.

    >>> import pathlib, rancognition, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     record = pathlib.Path(folder) / "calls.jsonl"
    ...     with rancognition.Cognition(record_to=record) as core:
    ...         decision = core.decide({"id": "p", "network_id": "site 7", "current_state": {"load": 50}, "constraints": ["load <= 60"]})
    ...     report = rancognition.replay(record)
    >>> report["calls"], report["equal"], report["different"]
    (1, 1, [])
    """
    report: Dict[str, Any] = json.loads(replay_json(path, host))
    return report


def replay_json(path: _Path, host: Optional[AnyHost] = None) -> bytes:
    """The same as the JSON that the library wrote."""
    lib = library()
    name = name_of(path_of(path, "path"), "path")
    text: bytes = guarded(plain_buffer, lib, lib.rancog_cognitive_replay, name, len(name), ctypes.byref(raw_host(host)))
    return text
