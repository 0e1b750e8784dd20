"""The package's type hints, read by mypy (optional) as strictly as it can."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import rancognition

PACKAGE = pathlib.Path(rancognition.__file__).resolve().parent
BINDING = [path.name for path in sorted(PACKAGE.glob("*.py")) if path.name == "simd.py" or (path.name.startswith("_") and path.name != "__main__.py")]

USES_IT = """
from typing import List
import rancognition
from rancognition import simd

with rancognition.Temporal(host=rancognition.Host(now_ns=lambda: 1)) as core:
    mean: List[float] = core.forecast([1, 2.5, None], 1, 2).mean
    flags: List[bool] = core.detect_anomalies([1.0, 2.0])
    lower: List[float] = core.forecast(range(9), step_ns=1, horizon=2)[1]
block: memoryview = rancognition.Pool().allocate(5)
product: List[float] = simd.parallel_temporal_computation([1.0], [2.0], 1)
core.observe("n", "m", [1], [2])
text: bytes = core.expand_subjective_time_json({})
memory = rancognition.Memory("episodes.db", metric="cosine")
one: int = memory.store({"vector": [1, 2]})
several: List[int] = memory.store([{"vector": [1, 2]}])
nearest = memory.search([1.0, 2.0], 1, cell="c1").ids[0]
hits = rancognition.Loader().load("memory").memory_core.recall(situation={"load": 5}, k=1, explain=True)["hits"]
with rancognition.Optimizer(seed=1, threads=2) as optimizer:
    best = optimizer.optimize_with({}, lambda x: x[0] * 2)["best"]
    optimizer.optimize_with_batch("{}", lambda points: ([x[0] for x in points], [0.0 for _ in points]))
    points: List[List[float]] = optimizer.ask(5)
    optimizer.tell(points, [1.0, None])
state = rancognition.Loader().load("optimization").optimization.evaluate_network({"users": {}})["loads"]
with rancognition.StrangeLoop(aci_step=0.1, levels=3) as loop:
    point = loop.fixed_point(lambda x: [x[0] / 2], [1.0], method="anderson")["x"]
    loop.solve_with({"x0": [1]}, lambda x: (x[0] / 2,))
    state_of_loops: bytes = loop.get_state_json()
    loop.restore(state_of_loops)
    loop.observe(loop_id="es", observed={"load": 5.0})
chased = rancognition.Loader().load("strangeLoop").strange_loop.detect_conflicts(commands=[])["conflicts"]
with rancognition.Cognition("network.db", record_to="calls.jsonl", seed=1, max_message_bytes=1000) as cognition:
    decision = cognition.decide_with({}, lambda actions, metrics: [len(actions) for _ in metrics], ["load <= 5"])["decision_id"]
    verdict = cognition.report_outcome(decision, {"load": 5}, time_ns=5, executed=False)["verdict"]
    taken: bytes = cognition.ingest_json({"rows": []})
same = rancognition.replay("calls.jsonl")["equal"] + rancognition.Loader().load("cognitive").cognitive.rollback(1)["restore"]
task_id: int = rancognition.Scheduler().schedule_task(0, 0, "TemporalAnalysis")
"""

MISUSES_IT = """
import rancognition
core = rancognition.Temporal("200")
core.forecast("text", 1, 2)
core.forecast([1.0], 1, 2).median
rancognition.Host(now_ns=5)
rancognition.Scheduler().schedule_task("soon", 0, "TemporalAnalysis")
rancognition.Memory(5)
rancognition.Memory().search([1.0], k="2")
rancognition.Optimizer(seed="1")
rancognition.Optimizer().optimize_with({}, 5)
rancognition.StrangeLoop(levels="2")
rancognition.StrangeLoop().fixed_point(5, [1.0])
rancognition.StrangeLoop().observe(loop_id=5)
rancognition.Cognition(seed="1")
rancognition.Cognition().decide_with({}, lambda actions: [])
rancognition.Cognition().ingest(5)
"""


def mypy():
    for command in ([sys.executable, "-m", "mypy"], ["/usr/bin/python3", "-m", "mypy"], [shutil.which("mypy") or "mypy"]):
        try:
            environment = dict(os.environ) if command[0] == sys.executable else {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
            if subprocess.run([*command, "--version"], capture_output=True, check=False, env=environment).returncode == 0:
                return command
        except OSError:
            pass
    return None


MYPY = mypy()


@unittest.skipUnless(MYPY, "mypy is missing: Debian package mypy")
class TypeTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cache = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cache.cleanup)
        cls.cache = cache.name

    def check(self, *arguments):
        environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "MYPYPATH")}
        return subprocess.run([*MYPY, "--strict", "--python-version", "3.9", "--no-error-summary", "--cache-dir", self.cache, *arguments],
                              cwd=PACKAGE.parent, capture_output=True, text=True, check=False, env=environment)

    def checked_program(self, text):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "program.py"
            program.write_text(text, encoding="utf-8")
            return self.check(str(program))

    def test_the_package_and_a_program_that_uses_it_are_right(self):
        done = self.check(*(str(PACKAGE / name) for name in BINDING))
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        done = self.checked_program(USES_IT)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def test_wrong_uses_are_found(self):
        done = self.checked_program(MISUSES_IT)
        found = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
        self.assertEqual(found, set(range(3, 18)), done.stdout)


if __name__ == "__main__":
    unittest.main()
