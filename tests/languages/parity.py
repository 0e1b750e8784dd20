"""The story of the parity test in Python. usage: parity.py FOLDER-OF-INPUTS"""

import json
import struct
import sys
from array import array
from pathlib import Path

import rancognition as rc

HOUR_NS = 3_600_000_000_000
folder = Path(sys.argv[1])


def read_array(name, kind):
    return array(kind, (folder / name).read_bytes())


def options(name):
    return json.loads((folder / name).read_bytes())


def text(name):
    return (folder / name).read_bytes()


# ---- lines ----
def line(name, value):
    value = value if isinstance(value, bytes) else str(value).encode("utf-8")
    sys.stdout.buffer.write(name.encode("utf-8") + b"\t" + value + b"\n")


def bits(values, kind):
    digits = struct.calcsize(kind) * 2
    return "".join(f"{int.from_bytes(struct.pack('<' + kind, value), 'little'):0{digits}x}" for value in values)


def done(name, call, *arguments, **named):
    """What a call gives; None when it is refused."""
    try:
        value = call(*arguments, **named)
    except rc.RanCognitionError as error:
        line(name, f"{error.status} {error}")
        return None
    line(name, value if isinstance(value, bytes) else "ok")
    return value


def page(name, html):
    value, data = 14695981039346656037, html.encode("utf-8")
    for byte in data:
        value = (value ^ byte) * 1099511628211 % 2**64
    line(name, f"{len(data)} {value:016x}")


def fixed_host():
    return rc.Host(now_ns=lambda: 1600000000000000000, random_u64=lambda: 42)


# ---- chapters ----
def library():
    first, second = rc.nanotime(), rc.nanotime()
    info = rc.runtime_info()
    line("abi_version", info["abi_version"])
    line("version_string", rc.version())
    line("nanotime goes on", int(first > 1600000000000000000 and second >= first))
    line("runtime_info tells the version", int(rc.version().encode() in rc.runtime_info_json()))


def temporal():
    values = read_array("values.f64", "d")
    timeline = text("timeline.json")
    with rc.Temporal(50, 12, host=fixed_host()) as core:
        result = done("expand_subjective_time", core.expand_subjective_time_json, text("problem.json"), text("constraints.json"))
        page("report_render", rc.render_report(result))
        done("set_consciousness_level", core.set_consciousness_level, 0.5)
        done("parallel_temporal_analysis", core.parallel_temporal_analysis_json, text("problems.json"), 2)
        done("analyze_temporal_patterns", core.analyze_temporal_patterns_json, timeline)
        done("predict_future_states", core.predict_future_states_json, timeline, 6 * HOUR_NS)
        done("optimize_temporal_expansion", core.optimize_temporal_expansion_json, timeline)
        mean, lower, upper = done("forecast", core.forecast, values, HOUR_NS, 12, 0.9)
        line("forecast mean", bits(mean, "d"))
        line("forecast lower", bits(lower, "d"))
        line("forecast upper", bits(upper, "d"))
        done("observe", core.observe, "observed", "RRU.PrbTotDl", read_array("times.u64", "Q"), values)
        done("expand_subjective_time of what was observed", core.expand_subjective_time_json, text("observed.json"))
        line("scores", bits(done("score_anomalies", core.score_anomalies, values, HOUR_NS), "d"))
        line("flags", "".join(str(int(flag)) for flag in done("detect_anomalies", core.detect_anomalies, values, HOUR_NS)))
        line("change points", "".join(f"{place} " for place in done("detect_change_points", core.detect_change_points, values, HOUR_NS)))
        done("get_performance_metrics", core.get_performance_metrics_json)
        done("a problem that is cut short", core.expand_subjective_time_json, b'{"id":')
        done("a coverage of 2", core.forecast, values, HOUR_NS, 12, 2.0)


def scheduler():
    echo = {"Custom": "echo"}
    with rc.Scheduler(host=fixed_host(), **options("scheduler.json")) as self:
        handler = self.register_handler("echo", lambda task: f'{{"id":{task.id},"payload":{task.payload},"bytes":{len(task.data)}}}'.encode())
        line("register_handler", handler)
        task = self.schedule_task(5000, 3, echo, b"hello")
        line("schedule_task", task)
        line("schedule_recurring_task", self.schedule_recurring_task(250, 1, echo, b'{"again":true}', 3))
        ids = done("schedule_batch", self.schedule_batch, [(handler, 1500, 11), (handler, 1501, 12)])
        line("schedule_batch id 0", ids[0])
        line("schedule_batch id 1", ids[1])
        done("reschedule_task", self.reschedule_task, task, 1400)
        done("cancel_task", self.cancel_task, ids[1])
        done("cancel_task of none", self.cancel_task, 999999)
        snapshot = done("snapshot", self.snapshot_json)
        line("get_next_execution_time", self.get_next_execution_time())
        done("advance_time", self.advance_time, 300)
        done("execute_ready_tasks", self.execute_ready_tasks_json)
        done("run", self.run, 1450)
        done("advance_time", self.advance_time, 100)
        for outcome in done("execute_ready_batch", self.execute_ready_batch, 10):
            line("outcome", " ".join(str(value) for value in outcome))
        done("get_queue_status", self.get_queue_status_json)
        done("restore", self.restore, snapshot)
        done("get_queue_status of what was restored", self.get_queue_status_json)


def loader():
    with rc.Loader(host=fixed_host(), **options("loader.json")) as self:
        module = self.load("temporal", **options("module.json"))
        done("interfaces", module.interfaces_json)
        done("memory", module.memory_json)
        line("mean of a module", bits(done("forecast of a module", module.temporal.forecast, read_array("values.f64", "d"), HOUR_NS, 3, 0.9).mean, "d"))
        module = self.load("scheduler", mode="virtual")
        done("get_queue_status of a module", module.scheduler.get_queue_status_json)
        done("unload_module", self.unload, "scheduler")
        done("a module that is not there", self.load, "wisdom")


def simd():
    a, b = read_array("floats.f32", "f"), read_array("weights.f32", "f")
    line("reached", "".join(str(int(flag)) for flag in done("vectorized_pattern_matching", rc.simd.vectorized_pattern_matching, a, b, b)))
    line("products", bits(done("parallel_temporal_computation", rc.simd.parallel_temporal_computation, a, b, 5), "f"))


def pool():
    with rc.Pool(host=fixed_host(), **options("pool.json")) as self:
        first, second = self.allocate(100), self.allocate(5000)
        first[:] = bytes([1]) * 100
        done("get_stats", self.stats_json)
        done("deallocate", self.deallocate, first)
        done("a block of the whole budget", self.allocate, 1 << 20)
        done("deallocate", self.deallocate, second)
        done("get_stats after it", self.stats_json)


def memory_of_situations():
    with rc.Memory(host=fixed_host()) as self:
        done("memory store", self.store_json, text("memory_episodes.json"))
        done("memory recall", self.recall_json, text("memory_recall.json"))
        done("memory text", self.recall_json, text("memory_text.json"))
        done("memory update", self.update_json, text("memory_update.json"))
        done("memory recall after", self.recall_json, text("memory_recall.json"))
        done("memory analyze", self.analyze_json, text("memory_skills.json"))
        done("memory remove", self.remove, 2)
        done("memory remove of none", self.remove, 999)
        done("memory stats", self.stats_json)
        done("memory flush", self.flush)


def memory_of_vectors():
    start = 1500000000000000000
    vectors = memoryview(text("memory_vectors.f32")).cast("f", [16, 8])
    with rc.Memory(dimension=8, metric="cosine", host=fixed_host()) as self:
        ids = self.append(vectors, times=[start + i for i in range(16)], cells=["c1", "c2"] * 8, rewards=[i / 10 for i in range(16)], success=[False, True] * 8)
        line("memory append", " ".join(map(str, ids)))
        hits = self.search(read_array("memory_query.f32", "f"), 4, cell="c1", from_ns=start + 2, until_ns=start + 12)
        line("memory search", " ".join(f"{one} {bits([distance], 'd')}" for one, distance in zip(hits.ids, hits.distances)))


def memory_of_a_loader():
    with rc.Loader(host=fixed_host()) as loader:
        done("module memory store", loader.load("memory").memory_core.store_json, b'{"vector":[1,2,3],"time_ns":5}')


def mixed(x):
    a, b, c, d, e = x
    return (a - 0.5) * (a - 0.5) + (b - 2) * (b - 2) + (c - 2) * (c - 2) + d * 3 + (e - 1) * (e - 1), 1 - a - b


def front(points):
    return [[x * x + y * y, x + y - x * y] for x, y in points]


def ask_and_tell(core):
    asks = count = 0
    core.begin(text("optimization_mixed.json"))
    while points := core.ask(7):
        asks, count = asks + 1, count + len(points)
        costs, rooms = zip(*map(mixed, points))
        core.tell(points, costs, rooms)
    line("optimization ask", f"{asks} {count}")


def optimization():
    with rc.Optimizer(seed=3, host=fixed_host()) as core:
        done("optimization bbob", core.optimize_json, text("optimization_bbob.json"))
        done("optimization es", core.optimize_json, text("optimization_es.json"))
        done("optimization with", core.optimize_with_json, text("optimization_mixed.json"), mixed)
        done("optimization batch", core.optimize_with_batch_json, text("optimization_front.json"), front)
        ask_and_tell(core)
        done("optimization result", core.result_json)
        done("optimization network", core.evaluate_network_json, text("optimization_network.json"))
        done("optimization bad", core.optimize_json, text("optimization_bad.json"))


def optimization_of_a_loader():
    with rc.Loader(host=fixed_host()) as loader:
        done("module optimization network", loader.load("optimization").optimization.evaluate_network_json, text("optimization_network.json"))


def coupled(x):
    a, b = x
    return 0.5 * b * b - 0.25 * a + 0.1, 0.5 * a + 0.25 * b


def strange_loop():
    with rc.StrangeLoop(aci_step=0.1, host=fixed_host()) as core:
        done("loop linear", core.solve_json, text("loop_linear.json"))
        done("loop coupling", core.solve_json, text("loop_coupling.json"))
        done("loop with", core.solve_with_json, text("loop_with.json"), coupled)
        *before, last = options("loop_observations.json")
        for observation in before:
            core.observe(observation)
        done("loop observe", core.observe_json, last)
        done("loop conflicts", core.detect_conflicts_json, text("loop_conflicts.json"))
        state = done("loop state", core.get_state_json)
        with rc.StrangeLoop(aci_step=0.1, host=fixed_host()) as other:
            other.restore(state)
            done("loop restored", other.get_state_json)
        done("loop bad", core.observe_json, text("loop_bad.json"))


def strange_loop_of_a_loader():
    with rc.Loader(host=fixed_host()) as loader:
        done("module loop linear", loader.load("strangeLoop").strange_loop.solve_json, text("loop_linear.json"))


def counted(actions, metrics):
    return [10 + place + len(actions) for place in range(len(metrics))]


def cognition():
    with rc.Cognition(seed=7, host=fixed_host()) as core:
        done("cognition mro", core.decide_json, text("cognition_mro.json"), text("cognition_constraints.json"))
        done("cognition candidates", core.decide_json, text("cognition_candidates.json"))
        done("cognition with", core.decide_with_json, text("cognition_with.json"), counted)
        done("cognition rows", core.ingest_json, text("cognition_rows.json"))
        done("cognition ves", core.ingest_json, text("cognition_ves.json"))
        done("cognition outcome", core.report_outcome_json, text("cognition_outcome.json"))
        done("cognition rollback", core.rollback_json, 1)
        done("cognition rollback of none", core.rollback_json, 999)
        done("cognition state", core.get_state_json)
        done("cognition bad", core.decide_json, text("cognition_bad.json"))
    record = folder / "cognition_record.jsonl"
    record.unlink(missing_ok=True)
    with rc.Cognition(seed=7, record_to=record, host=fixed_host()) as core:
        core.decide(text("cognition_mro.json"))
    done("cognition replay", rc.replay_json, record, fixed_host())


def cognition_of_a_loader():
    with rc.Loader(host=fixed_host()) as loader:
        done("module cognition mro", loader.load("cognitive").cognitive.decide_json, text("cognition_mro.json"))


library()
temporal()
scheduler()
loader()
simd()
pool()
memory_of_situations()
memory_of_vectors()
memory_of_a_loader()
optimization()
optimization_of_a_loader()
strange_loop()
strange_loop_of_a_loader()
cognition()
cognition_of_a_loader()
line("buffers_outstanding", rc.buffers_outstanding())
