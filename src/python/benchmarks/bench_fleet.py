"""What it costs to spread cells over two worker processes, against one process with two threads.

Run by ./build.sh bench fleet. Prints a table in Markdown.
"""

import json
import logging
import math
import os
import platform
import random
import statistics
import time

import dask
import distributed
import rancognition
from distributed import Client, LocalCluster
from rancognition import fleet
from rancognition.fleet._task import Job, Loader, Names, analyze_partition

CELLS = 600
SAMPLES = 672  # a week of quarters of an hour
RUNS = 5
SIZES = (1, 4, 16, 64, 150)
EMPTY_TASKS = 300


def cells():
    """JSON of each cell: one KPI with a day's season and noise."""
    draw = random.Random(7)
    for number in range(CELLS):
        values = [round(50 + 20 * math.sin(at * math.pi / 48 + number) + draw.gauss(0, 3), 1) for at in range(SAMPLES)]
        yield json.dumps({
            "id": f"p{number}", "network_id": f"cell-{number}", "problem_type": "congestion", "objectives": ["minimize RRU.PrbTotDl"],
            "constraints": ["RRU.PrbTotDl <= 80"],
            "history": {"RRU.PrbTotDl": {"start_ns": 1_700_000_000_000_000_000, "step_ns": 900_000_000_000, "values": values}}})


def seconds(run):
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def in_one_process(text, threads):
    with rancognition.Temporal() as core:
        return len(core.parallel_temporal_analysis(text, thread_count=threads)["results"])


def nothing(client):
    """Seconds for a partition without cells: what a task costs, with what it reads and writes on the scheduler."""
    job = Job("bench", 200, 48, 1, 1 << 20)

    def run():
        client.gather([client.submit(analyze_partition, job, number % 4, number, Names("problems", "timeline-", 0), 0, Loader(list),
                                     pure=False) for number in range(EMPTY_TASKS)])
    run()
    return statistics.median(seconds(run) for _ in range(RUNS)) / EMPTY_TASKS


def row(name, client, run):
    """Measures and prints one way to analyse all cells: by the clock, and by the processor time of this process and the workers."""
    before = processor_seconds(client)
    times = [seconds(run) for _ in range(RUNS)]
    used = (processor_seconds(client) - before) / RUNS / CELLS * 1e3
    print(f"| {name} | {CELLS / statistics.median(times):.0f} | {CELLS / max(times):.0f}..{CELLS / min(times):.0f} | {used:.2f} |", flush=True)


def processor_seconds(client):
    return time.process_time() + sum(client.run(time.process_time).values())


def main():
    texts = list(cells())
    batch = "[" + ",".join(texts) + "]"
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {len(os.sched_getaffinity(0))} processors, {rancognition.runtime_info()['cpu_level']}, load {load:.1f} before; "
          f"Python {platform.python_version()}, Dask {dask.__version__}, distributed {distributed.__version__}")
    print(f"{CELLS} cells of {SAMPLES} samples, {len(batch) // CELLS} bytes each; median and range of {RUNS} runs\n")
    print("| what | cells/s | range | processor ms a cell |\n|---|---|---|---|")
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR) as cluster, Client(cluster) as client:
        list(fleet.analyze(client, texts))  # warms the workers
        in_one_process(batch, 2)
        row("one process, 1 thread", client, lambda: in_one_process(batch, 1))
        row("one process, 2 threads", client, lambda: in_one_process(batch, 2))
        for size in SIZES:
            row(f"2 worker processes, partitions of {size}", client, lambda size=size: list(fleet.analyze(client, texts, partition_size=size)))
        row("2 worker processes, partitions of 64, results not decoded", client,
            lambda: list(fleet.analyze(client, texts, partition_size=64, decode=False)))
        print(f"\nA partition without cells: {nothing(client) * 1e3:.1f} ms of the cluster, two at a time.")


if __name__ == "__main__":
    main()
