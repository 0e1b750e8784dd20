"""The analysis of many cells, spread over the workers of a Dask cluster.

    from distributed import Client, LocalCluster
    from rancognition import fleet

    if __name__ == "__main__":  # the worker processes import this file too
        with LocalCluster(n_workers=2, threads_per_worker=1) as cluster, Client(cluster) as client:
            for index, outcome in fleet.analyze(client, problems):
                if "Ok" in outcome:
                    print(index, outcome["Ok"]["confidence"])
                else:
                    print(index, outcome["Err"])

Problems go out in partitions, a bounded number of them at a time, and outcomes come back as partitions finish. The outcome of a problem
depends on nothing but the problem: not on the partitions, the number of workers, or which of them died. It is what
Temporal.parallel_temporal_analysis gives for all problems in one process, byte for byte, but for the times taken (execution_time and
performance_metrics); timeline_id counts the problems from timeline-1 on, those without an answer included.

Needs Dask distributed (Debian package python3-distributed; pip install rancognition[fleet]) where this is called, and the package
rancognition with its library on every worker. Nothing else of rancognition needs Dask.
"""

try:
    import distributed as _distributed
except ImportError as error:
    raise ImportError("rancognition.fleet needs Dask distributed: Debian package python3-distributed, or pip install rancognition[fleet]",
                      name=error.name) from error

from ._analyze import OnProgress, Outcome, Problem, analyze, analyze_all, analyze_partitions
from ._errors import FleetError

del _distributed

__all__ = ["FleetError", "OnProgress", "Outcome", "Problem", "analyze", "analyze_all", "analyze_partitions"]
