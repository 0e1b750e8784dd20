"""What calls cost in Python: lines "name, tab, nanoseconds a call" (median of rounds)."""

import math
import statistics
import time

import rancognition as rc

PROBLEM = (b'{"id":"p","network_id":"unknown","problem_type":"t","current_state":{"RRU.PrbTotDl":61.5},"objectives":[],"constraints":["RRU.PrbTotDl <= 80"]}')


def row(name, calls, units, call):
    times = []
    for _ in range(51):
        start = time.perf_counter_ns()
        for _ in range(calls):
            call()
        times.append((time.perf_counter_ns() - start) / (calls * units))
    print(f"{name}\t{statistics.median(times):.1f}")


def main():
    core = rc.Temporal(200, 24)
    queue = rc.Scheduler(mode="virtual")
    handler = queue.register_handler("nothing", lambda task: None)
    batch = [(handler, 0)] * 1000
    values = [50 + 20 * math.sin(i * 2 * math.pi / 24) + i % 7 for i in range(1008)]
    moment = [1_700_000_000_000_000_000]

    def observe():
        moment[0] += 1_000_000_000
        core.observe("n", "RRU.PrbTotDl", moment, [50.0])

    def tasks():
        queue.schedule_batch(batch)
        queue.execute_ready_batch(1000)

    row("the clock", 1000, 1, rc.nanotime)
    row("a checked handle, no result", 1000, 1, lambda: core.set_consciousness_level(1.0))
    row("a JSON result, as text", 500, 1, core.get_performance_metrics_json)
    row("a JSON result, as objects", 500, 1, core.get_performance_metrics)
    row("one sample observed", 500, 1, observe)
    row("a task: scheduled, run, handler called", 2, 1000, tasks)
    row("a small problem analysed, as text", 100, 1, lambda: core.expand_subjective_time_json(PROBLEM))
    row("a small problem analysed, as objects", 100, 1, lambda: core.expand_subjective_time(PROBLEM))
    row("a forecast, 1008 samples, 48 ahead", 5, 1, lambda: core.forecast(values, 3_600_000_000_000, 48))


main()
