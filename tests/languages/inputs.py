"""Writes what the four programs of the parity test are given: the same bytes for each. usage: inputs.py FOLDER"""

import json
import math
import random
import struct
import sys
from pathlib import Path

HOUR_NS = 3_600_000_000_000
START_NS = 1_700_000_400_000_000_000 - 1_700_000_400_000_000_000 % HOUR_NS


def kpi(samples, seed):
    """PRB use by the hour: a day's season, noise, a step, a spike, a gap."""
    noise = random.Random(seed)
    values = []
    for i in range(samples):
        value = 45 + 18 * math.sin(2 * math.pi * i / 24) + noise.gauss(0, 2.5) + (9 if i >= samples * 3 // 4 else 0)
        values.append(round(value, 3))
    values[samples // 2] = 99.0
    values[samples // 3] = math.nan
    return values


def history(values):
    return {"start_ns": START_NS, "step_ns": HOUR_NS, "values": [None if math.isnan(v) else v for v in values]}


def problem(name, values, **more):
    return {
        "id": name, "network_id": "site 7 ☎", "problem_type": "congestion", "current_state": {"RRU.PrbTotDl": 61.5},
        "objectives": ["minimize RRU.PrbTotDl"], "constraints": ["RRU.PrbTotDl <= 80", "always[0,6h](RRU.PrbTotDl <= 95)", "not an expression"],
        "history": {"RRU.PrbTotDl": history(values)}, "horizon_ns": 12 * HOUR_NS, "seed": 7, **more}


def episodes():
    """Two days of tilt changes in three cells: every third one says what was done."""
    noise = random.Random(5)
    made = []
    for i in range(24):
        load, users = round(noise.uniform(20, 90), 2), noise.randrange(5, 60)
        episode = {
            "time_ns": 1_500_000_000_000_000_000 + i * 900_000_000_000, "network_id": "n1", "cell": f"c{i % 3 + 1}", "problem_type": "congestion",
            "situation": {"RRU.PrbTotDl": load, "DRB.UEThpDl": round(noise.uniform(5, 40), 3), "RRC.ConnMean": users},
            "outcome": {"DRB.UEThpDl": round(noise.uniform(5, 40), 3)}, "reward": round(noise.uniform(-1, 1), 4), "success": noise.random() < 0.6,
            "tags": ["busy" if load > 55 else "calm", "tilt ☎"], "metadata": {"vendor": "ab"[i % 2], "band": 78 if i % 4 else 28, "site": {"height": 20 + i}}}
        if i % 3 == 0:
            before = i % 4 + 1
            episode["action"] = [{"managedObject": f"NRCellDU={i // 3 % 3 + 1}", "attribute": "digitalTilt", "before": before, "after": before + 1}]
        if i % 5 == 0:
            episode["text"] = f"Überlast at noon, tilt lowered, night {i}"
        elif i % 4 == 1:
            episode["text"] = "energy saving at night"
        made.append(episode)
    return made


def write_memory(folder, text):
    noise = random.Random(6)
    text("memory_episodes.json", episodes())
    text("memory_recall.json", {
        "situation": {"RRU.PrbTotDl": 61.5, "DRB.UEThpDl": 18.25, "RRC.ConnMean": 31}, "k": 5,
        "filter": {"cell": {"$in": ["c1", "c3"]}, "metadata.vendor": {"$ne": "z"}, "time_ns": {"$gte": 1_500_000_000_000_000_000}},
        "weights": {"similarity": 1, "recency": 0.25, "reward": 0.5}, "half_life_ns": 7_200_000_000_000, "explain": True})
    text("memory_text.json", {"text": "night überlast", "k": 3})
    text("memory_update.json", {"id": 3, "outcome": {"DRB.UEThpDl": 33.75, "RRU.PrbTotDl": 48}, "reward": 0.875})
    text("memory_skills.json", {"op": "skills", "min_count": 2})
    for name, count in (("memory_vectors.f32", 16 * 8), ("memory_query.f32", 8)):
        (folder / name).write_bytes(struct.pack(f"<{count}f", *(noise.gauss(0, 1) for _ in range(count))))


def network():
    """Two sites with three sectors each, eight users who can do with fewer of them."""
    noise = random.Random(8)
    near = [i % 2 for i in range(8)]
    return {
        "links": {
            "loss_db": [[round(noise.uniform(88, 104) if site == near[user] else noise.uniform(106, 122), 2) for site in range(2)] for user in range(8)],
            "azimuth_deg": [[round(noise.uniform(-180, 180), 1) for _ in range(2)] for _ in range(8)],
            "zenith_deg": [[round(noise.uniform(92, 104), 1) for _ in range(2)] for _ in range(8)],
            "weights": [1, 2, 1, 1, 3, 1, 2, 1]},
        "antenna": {"model": "TR38901", "rows": 10}, "bandwidth_mhz": 20, "noise_figure_db": 9, "efficiency": {"bandwidth": 0.65, "sinr": 0.75}, "traffic_mbps": 90,
        "cells": [{"azimuth_deg": 30 + 120 * (i % 3), "tilt_deg": 98 + i % 2, "power_dbm": 46 if i < 3 else 43, "on": True} for i in range(6)],
        "energy": {"active_w": 130, "load_w": 94, "sleep_w": 15}, "coverage_rsrp_dbm": -110}


def write_optimization(text):
    text("optimization_bbob.json", {"function": {"suite": "bbob", "id": 8, "dimension": 4, "instance": 3}, "budget": {"evaluations": 300}, "seed": 7})
    text("optimization_mixed.json", {
        "variables": [
            {"name": "a", "type": "real", "lower": -3, "upper": 3}, {"name": "b", "type": "integer", "lower": -5, "upper": 5},
            {"name": "c", "type": "ordered", "values": [0.5, 1, 2, 4]}, {"name": "d", "type": "binary"}, {"name": "e", "type": "category", "values": ["x", "y", "z"]}],
        "objectives": [{"name": "cost", "sense": "min"}], "constraints": [{"name": "room"}], "budget": {"evaluations": 150}, "seed": 11})
    text("optimization_front.json", {
        "variables": [{"name": name, "type": "real", "lower": 0, "upper": 1} for name in ("x", "y")],
        "objectives": [{"name": "cost", "sense": "min"}, {"name": "gain", "sense": "max"}], "budget": {"evaluations": 120}, "seed": 5, "reference_point": [2, 0]})
    text("optimization_es.json", {"problem_type": "ES", "network": network(), "limits": {"max_load": 0.5}, "budget": {"evaluations": 100}, "include_map": False})
    text("optimization_network.json", network())
    text("optimization_bad.json", {"variables": []})


def loop_observations():
    """Twelve hours of a loop that expects two KPIs of its site, with models that differ, and is told an hour later what came: 12 calls of observe."""
    noise = random.Random(9)
    load, throughput = [], []
    for hour in range(12):
        load.append(round(50 + 12 * math.sin(2 * math.pi * hour / 12) + noise.gauss(0, 2), 3))
        throughput.append(round(30 - 0.25 * load[hour] + noise.gauss(0, 0.5), 3))
    made = []
    for hour in range(12):
        told = {"loop_id": "site 7 ☎", "time_ns": START_NS + hour * HOUR_NS}
        if hour > 0:
            told["observed"] = {"RRU.PrbTotDl": load[hour - 1], "DRB.UEThpDl": throughput[hour - 1]}
        guess = round(load[hour] + noise.uniform(-4, 6), 2)
        told["predict"] = {
            "RRU.PrbTotDl": {"mean": guess, "lower": round(guess - 3, 2), "upper": round(guess + 4.5, 2), "coverage": 0.8},
            "DRB.UEThpDl": {"mean": 18, "lower": 15.5, "upper": 20.5, "coverage": 0.9}}
        told["experts"] = {
            "trend": {"RRU.PrbTotDl": round(load[hour] + noise.gauss(0, 1), 3)}, "yesterday": {"RRU.PrbTotDl": 50},
            "vendor": {"RRU.PrbTotDl": round(load[hour] + noise.gauss(3, 2), 3)}}
        if hour % 3 == 1:
            told["actions"] = [{"managedObject": "NRCellDU=7", "attribute": "digitalTilt", "before": 98 + hour // 3, "after": 99 + hour // 3}]
        made.append(told)
    return made


def loop_conflicts():
    """Commands as control functions send them: one direct, one indirect and one implicit conflict, and two functions that chase each other."""
    noise = random.Random(10)

    def command(source, name, parameter, value, cell, minute, minutes):
        return {"source": source, "command": name, "targetParameter": parameter, "targetValue": value, "targetCell": cell,
                "timestamp": f"Wed Jan 01 {minute // 60:02d}:{minute % 60:02d}:00.000 2020", "controlTimespan": str(minutes * 60_000)}

    first_ns = 1_577_836_800_000_000_000
    return {
        "groups": [
            {"groupName": "coverage", "parameters": [{"changeTarget": "cell", "parameterName": "digitalTilt"}, {"changeTarget": "cell", "parameterName": "configuredMaxTxPower"}]},
            {"groupName": "mobility", "parameters": [{"changeTarget": "relation", "parameterName": "cellIndividualOffset"}, {"changeTarget": "cell", "parameterName": "hysteresis"}]}],
        "commands": [
            command("CCO", "set", "digitalTilt", 6, "c1", 0, 60), command("MLB", "set", "cellIndividualOffset", "3", "c1", 10, 20), command("MRO", "set", "cellIndividualOffset", "-2", "c1", 20, 30),
            command("ES", "set", "configuredMaxTxPower", 40, "c1", 50, 30),
            command("MLB", "set", "cellIndividualOffset", 1, "c2", 60, 60), command("ES", "set", "administrativeState", "LOCKED", "c3", 80, 40)],
        "kpis": [{"cell": "c2", "metric": "DRB.UEThpDl", "time_ns": first_ns + minute * 60_000_000_000, "value": round((28 if minute < 80 else 17) + noise.gauss(0, 1), 3)}
                 for minute in range(20, 120, 2)],
        "loops": {"names": ["MLB", "MRO", "ES"], "gain": [[0.1, -1.4, 0], [0.9, 0.2, 0.05], [0, 0.3, 0.25]]}}


def write_strange_loop(text):
    text("loop_linear.json", {
        "map": {"type": "linear", "matrix": [[0.5, -0.25, 0.125], [0.75, 0.25, -0.5], [-0.375, 0.625, 0.3]], "offset": [1, -2, 0.5]}, "x0": [0, 0, 1], "method": "anderson", "anderson_depth": 3})
    text("loop_coupling.json", {"map": {"type": "load_coupling", "network": network()}})
    text("loop_with.json", {"x0": [0.5, 0.25], "method": "auto"})
    text("loop_observations.json", loop_observations())
    text("loop_conflicts.json", loop_conflicts())
    text("loop_bad.json", {"loop_id": "a", "observed": {"x": 1}})


QUARTER_NS = 900_000_000_000
LATE_RATE = "NRCellRelation=1-2/HO.IntraSys.TooLate / NRCellRelation=1-2/MM.HoExeInterReq"


def relation(seed):
    """Counters of the relation 1-2 over nine hours in quarters of an hour: one handover in nine comes too late."""
    noise = random.Random(seed)
    attempts = [noise.randrange(280, 420) for _ in range(36)]
    late = [tried // 9 + noise.randrange(-3, 4) for tried in attempts]
    counters = {
        "MM.HoExeInterReq": attempts, "MM.HoExeInterSucc": [tried - lost for tried, lost in zip(attempts, late)], "HO.IntraSys.TooLate": late,
        "HO.IntraSys.TooEarly": [noise.randrange(3) for _ in attempts], "HO.IntraSys.ToWrongCell": [noise.randrange(2) for _ in attempts],
        "HO.IntraSys.PingPong": [noise.randrange(4) for _ in attempts]}
    return {f"NRCellRelation=1-2/{name}": {"start_ns": START_NS, "step_ns": QUARTER_NS, "values": values} for name, values in counters.items()}


def handovers(name, hours, **more):
    return {
        "id": name, "network_id": "site 7 ☎", "problem_type": "MRO", "mode": "AUTONOMOUS", "time_ns": START_NS + hours * HOUR_NS, "history": relation(12),
        "configuration": {"NRCellRelation=1-2": {"cellIndividualOffset": 0, "note": "ä"}, "NRCellCU=1": {"a3Offset": 3, "hysteresis": 2, "timeToTrigger": 320}},
        "objectives": [f"minimize {LATE_RATE}"], "constraints": [LATE_RATE + " <= 0.08", "not an expression"], "guards": {"LOW_CONFIDENCE": {"min": 0.25}},
        "observe_ns": HOUR_NS, "seed": 7, **more}


def change(managed_object, attribute, after):
    return {"managedObject": managed_object, "attribute": attribute, "after": after}


def measured_event():
    """A VES event of the domain perf3gpp: a number, a list, and a value of each kind that is not taken."""
    values = [("Cell=1", "false", ["17.5", "1,2,3", " "]), ("Cell=2", "true", ["18", "4", "5"]), ("Cell=3", "false", ["19", "many", "6.25"])]
    return {"event": {
        "commonEventHeader": {"domain": "perf3gpp", "startEpochMicrosec": START_NS // 1000, "lastEpochMicrosec": (START_NS + QUARTER_NS) // 1000, "sourceName": "gnb ☎"},
        "perf3gppFields": {"perf3gppFieldsVersion": "1.0", "measDataCollection": {
            "granularityPeriod": 900, "measuredEntityDn": "ManagedElement=7", "measInfoList": [{
                "measInfoId": {"sMeasInfoId": "info"}, "measTypes": {"sMeasTypesList": ["RRU.PrbTotDl", "CARR.WBCQIDist", "DRB.UEThpDl"]},
                "measValuesList": [
                    {"measObjInstId": cell, "suspectFlag": suspect, "measResults": [{"p": p, "sValue": value} for p, value in enumerate(results, 1)] + [{"p": 9, "sValue": "1"}]}
                    for cell, suspect, results in values]}]}}}}


def write_cognition(text):
    noise = random.Random(11)
    text("cognition_mro.json", handovers("c-1", 10))
    text("cognition_constraints.json", [{"id": "c-2", "constraint_type": "max", "parameters": {"NRCellRelation=1-2/HO.IntraSys.TooEarly": 30, "NRCellRelation=1-2/HO.IntraSys.PingPong": 40}, "priority": 1}])
    text("cognition_candidates.json", {
        "id": "c-2", "network_id": "two sites", "problem_type": "ES", "mode": "ASSIST", "time_ns": START_NS + 12 * HOUR_NS, "network": network(),
        "objectives": ["minimize energy_w"], "constraints": ["max_load <= 0.9"], "protected": ["NRCellDU=4"], "seed": 7,
        "candidates": [
            [change("NRCellDU=2", "administrativeState", "LOCKED")], [change("NRCellDU=3", "administrativeState", "LOCKED"), change("NRCellDU=6", "administrativeState", "LOCKED")],
            [change("NRCellDU=1", "digitalTilt", 90)], [change("NRCellDU=4", "administrativeState", "LOCKED")]]})
    text("cognition_with.json", {
        "id": "c-3", "network_id": "two sites", "mode": "ASSIST", "time_ns": START_NS + 12 * HOUR_NS, "current_state": {"DRB.UEThpDl": 10, "RRU.PrbTotDl": 11}, "configuration": {"NRCellDU=5": {"digitalTilt": 60}},
        "objectives": ["maximize DRB.UEThpDl"], "constraints": ["DRB.UEThpDl >= 11", "RRU.PrbTotDl <= 12.5"], "guards": {"INSUFFICIENT_SAMPLES": False}, "seed": 7,
        "candidates": [[change("NRCellDU=5", "digitalTilt", 62)], [change("NRCellDU=5", "digitalTilt", 61), change("NRCellDU=6", "digitalTilt", 61)]]})
    text("cognition_rows.json", {"rows": [
        {"time_ns": START_NS + i * QUARTER_NS, "object": f"NRCellDU={i % 2 + 1}", "metric": "RRU.PrbTotDl ☎", "value": round(noise.uniform(20, 90), 3) if i != 7 else "many"} for i in range(24)]})
    text("cognition_ves.json", measured_event())
    text("cognition_outcome.json", {
        "decision_id": 1, "time_ns": START_NS + 11 * HOUR_NS, "executed": True,
        "observed": {f"NRCellRelation=1-2/{name}": value for name, value in (("HO.IntraSys.TooLate", 60), ("MM.HoExeInterReq", 352), ("HO.IntraSys.TooEarly", 2), ("HO.IntraSys.PingPong", 3))}})
    text("cognition_bad.json", handovers("c-4", 10, candidates=[[{"managedObject": "NRCellRelation=1-2", "after": 2}]]))


def write(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    values = kpi(24 * 14, 1)

    def text(name, value):
        (folder / name).write_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))

    text("problem.json", problem("p-1", values, include_timeline=True))
    text("constraints.json", [{"id": "c-1", "constraint_type": "max", "parameters": {"RRU.PrbTotDl": 85}, "priority": 1}])
    text("problems.json", [problem("p-1", values), {"id": "broken"}, problem("p-2", kpi(24 * 9, 2))])
    text("observed.json", {"id": "p-3", "network_id": "observed", "problem_type": "congestion", "current_state": {}, "objectives": [],
                           "constraints": ["RRU.PrbTotDl <= 80"], "seed": 7})
    text("timeline.json", {"id": "t-1", "metrics": {"RRU.PrbTotDl": history(values), "DRB.UEThpDl": history(kpi(24 * 14, 3))}})
    text("scheduler.json", {"mode": "virtual", "start_time": 1000, "capacity": 1000})
    text("loader.json", {"maxMemorySize": 1024, "enableMultiThreading": False, "unknown": 1})
    text("module.json", {"expansion_factor": 20, "temporal_resolution": 6})
    text("pool.json", {"budget_bytes": 1 << 20})
    (folder / "values.f64").write_bytes(struct.pack(f"<{len(values)}d", *values))
    (folder / "times.u64").write_bytes(struct.pack(f"<{len(values)}Q", *(START_NS + i * HOUR_NS for i in range(len(values)))))
    noise = random.Random(4)
    floats = [noise.uniform(-2, 2) for _ in range(37)] + [math.nan, math.inf, 0.0]
    (folder / "floats.f32").write_bytes(struct.pack(f"<{len(floats)}f", *floats))
    (folder / "weights.f32").write_bytes(struct.pack(f"<{len(floats)}f", *(noise.uniform(0.5, 1.5) for _ in floats)))
    write_memory(folder, text)
    write_optimization(text)
    write_strange_loop(text)
    write_cognition(text)


if __name__ == "__main__":
    write(sys.argv[1])
