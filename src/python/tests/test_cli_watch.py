"""The command watch as its users meet it."""

import csv
import io
import json
import math
import random
import tempfile
import unittest
from pathlib import Path

import rancognition

from .cli_data import run

START = 1_700_000_000
HOUR = 3600
HEADER = "cell,time,observed,mean,lower,upper,covered,coverage,coverage_bound,regret,regret_bound"


def truth(seed, count, bias=-5):
    """(time in s, [a model that is wrong by the bias, a model that is noisy], what happened)."""
    pick, found = random.Random(seed), []
    for i in range(count):
        load = 50 + 20 * math.sin(i / 4)
        found.append((START + i * HOUR, [load + bias, load + pick.gauss(0, 1)], load + pick.gauss(0, 2)))
    return found


class WatchCommandTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.addCleanup(lambda: self.assertEqual(rancognition.buffers_outstanding(), 0))

    def table(self, header, rows, name="watch.csv"):
        path = self.folder / name
        path.write_text(header + "\n" + "".join(",".join("" if value is None else str(value) for value in row) + "\n" for row in rows), encoding="utf-8")
        return path

    def rows(self, *arguments):
        """Rows of the CSV as dicts of numbers and texts."""
        code, out, err = run("watch", *arguments, "-q")
        self.assertEqual((code, err, out.splitlines()[0]), (0, "", HEADER))
        return [{name: value if name in ("cell", "time") else float(value) if value else None for name, value in row.items()} for row in csv.DictReader(io.StringIO(out))]

    def test_one_models_rows_are_corrected_as_the_library_does_it(self):
        data = truth(1, 120)
        path = self.table("time,predicted,observed", [(time, models[0], happened) for time, models, happened in data])
        rows = self.rows(path, "--coverage", "0.9", "--aci-step", "0.1", "--levels", "1")
        self.assertEqual(len(rows), len(data))
        with rancognition.StrangeLoop(aci_step=0.1, levels=1) as core:
            for row, (time, models, happened) in zip(rows, data):
                told = {"loop_id": "any", "time_ns": time * 10**9}
                expected = core.observe({**told, "predict": {"x": {"mean": models[0], "lower": models[0], "upper": models[0], "coverage": 0.9}}})["corrected"]["x"]
                coverage = core.observe({**told, "observed": {"x": happened}})["coverage"]
                self.assertEqual([row[name] for name in ("mean", "lower", "upper", "observed")], [expected["mean"], expected["lower"], expected["upper"], happened])
                self.assertEqual([row["coverage"], row["coverage_bound"], row["regret"], row["regret_bound"]], [coverage["value"], coverage["bound"], None, None])
        self.assertEqual((rows[1]["cell"], rows[1]["time"]), ("watch", "2023-11-14T23:13:20Z"))
        held = [row["covered"] for row in rows]
        self.assertAlmostEqual(rows[-1]["coverage"], sum(held) / len(held), places=12)
        for row in rows:
            inside = (row["lower"] is None or row["lower"] <= row["observed"]) and (row["upper"] is None or row["observed"] <= row["upper"])
            if row["lower"] is not None:
                self.assertEqual(bool(row["covered"]), inside)
            self.assertLessEqual(abs(row["coverage"] - 0.9), row["coverage_bound"])
        late = rows[60:]
        self.assertLess(abs(sum(row["observed"] - row["mean"] for row in late)) / len(late), 1)  # it was 5

    def test_several_models_are_weighed_within_the_bound(self):
        data = truth(2, 200)
        path = self.table("time,biased,noisy,observed", [(time, *models, happened) for time, models, happened in data])
        rows = self.rows(path)
        losses = [sum(abs(models[k] - happened) for _, models, happened in data) for k in (0, 1)]
        for row in rows:
            self.assertLessEqual(row["regret"], row["regret_bound"])
        answer = json.loads(run("watch", path, "-q", "--json")[1])
        weights = answer["cells"]["watch"]["weights"]
        self.assertEqual(list(weights), ["biased", "noisy"])
        self.assertGreater(weights["noisy"], 0.9)
        self.assertLess(losses[1], losses[0])
        self.assertEqual(answer["cells"]["watch"]["regret"]["value"], rows[-1]["regret"])
        self.assertEqual([list(row.values())[2:] for row in answer["rows"]], [[int(value) if name == "covered" else value for name, value in row.items()][2:] for row in rows])
        alone = self.rows(path, "--predicted", "noisy")
        self.assertEqual(alone[-1]["regret"], None)
        self.assertEqual([row["observed"] for row in alone], [row["observed"] for row in rows])

    def test_bounds_that_come_with_the_prediction_are_used(self):
        data = truth(3, 150, 0)
        path = self.table("time,mean,lower,upper,actual", [(time, models[0], models[0] - 1, models[0] + 3, happened) for time, models, happened in data])
        first = self.rows(path)[0]
        self.assertEqual([first["mean"], first["lower"], first["upper"]], [data[0][1][0], data[0][1][0] - 1, data[0][1][0] + 3])
        named = self.table("time,lo,guess,hi,load", [(time, models[0] - 1, models[0], models[0] + 3, happened) for time, models, happened in data], "named.csv")
        self.assertEqual([{**row, "cell": ""} for row in self.rows(named, "--observed", "load", "--predicted", "guess", "--lower", "lo", "--upper", "hi")], [{**row, "cell": ""} for row in self.rows(path)])
        outside = self.table("time,mean,lower,upper,actual", [(time, 10, 11, 12, 10) for time, _, _ in data[:5]], "outside.csv")
        for name, value in (("mean", 10), ("lower", 11), ("upper", 12)):
            self.assertAlmostEqual(self.rows(outside)[0][name], value, places=9)
        missing = self.table("time,mean,lower,upper,actual", [(time, 10, None if i else 9, None if i else 11, 10) for i, (time, _, _) in enumerate(data[:5])], "missing.csv")
        self.assertEqual([(row["lower"], row["upper"], row["covered"]) for row in self.rows(missing)[1:]], [(None, None, 1)] * 4)

    def test_cells_are_loops_of_their_own_also_in_long_tables(self):
        data = {cell: truth(seed, 60) for seed, cell in ((4, "c1"), (5, "c2"))}
        wide = self.table("time,cell,predicted,observed", [(time, cell, models[0], happened) for cell, rows in data.items() for time, models, happened in rows])
        long = self.table("time,cell,metric,value", [(time, cell, metric, value) for cell, rows in data.items() for time, models, happened in rows
                                                     for metric, value in (("predicted", models[0]), ("observed", happened))], "long.csv")
        rows = self.rows(wide)
        self.assertEqual(self.rows(long), rows)
        for cell, of_cell in data.items():
            alone = self.table("time,cell,predicted,observed", [(time, cell, models[0], happened) for time, models, happened in of_cell], f"{cell}.csv")
            self.assertEqual(self.rows(alone), [row for row in rows if row["cell"] == cell])
        self.assertEqual(self.rows(wide, "--cell", "c2"), rows[60:])

    def test_rows_that_are_not_complete_teach_nothing(self):
        data = truth(6, 40)
        rows = [[time, models[0], happened] for time, models, happened in data]
        whole = self.rows(self.table("time,predicted,observed", rows))
        rows[10][1] = None  # no prediction
        rows[20][2] = rows[39][2] = None  # not observed (yet)
        path = self.table("time,predicted,observed", rows, "watch.csv")
        found = self.rows(path)
        self.assertEqual([len(found), found[:10]], [39, whole[:10]])
        self.assertEqual([found[i][name] for i in (19, 38) for name in ("observed", "covered", "coverage")], [None] * 6)
        self.assertIsNotNone(found[38]["mean"])
        code, _, err = run("watch", path)
        self.assertEqual(code, 0)
        self.assertIn("\nwatch: 37 predictions met what happened, 1 row without a prediction\n", err)

    def test_a_summary_is_told_to_people(self):
        path = self.table("time,biased,noisy,observed", [(time, *models, happened) for time, models, happened in truth(7, 200)])
        code, out, err = run("watch", path)
        one = json.loads(run("watch", path, "--json", "-q")[1])["cells"]["watch"]
        text = " ".join(err.split())
        self.assertEqual((code, out.splitlines()[0]), (0, HEADER))
        self.assertIn("watch: 200 predictions met what happened", text)
        self.assertIn(f"proven to be at most {one['coverage']['bound']:.4g}", text)
        self.assertIn(f"mean {one['error_before']:.4g} as predicted, {one['error_after']:.4g} as corrected", text)
        self.assertIn(f"regret {one['regret']['value']:.4g} against the best single model, proven to be at most {one['regret']['bound']:.4g}", text)
        self.assertIn("weights biased ", text)
        self.assertEqual((one["steps"], one["unpredicted"]), (200, 0))

    def test_nothing_that_met_is_exit_code_1(self):
        code, out, err = run("watch", self.table("time,predicted,observed", [(START, 1, None), (START + HOUR, None, 2)]))
        self.assertEqual((code, len(out.splitlines())), (1, 2))
        self.assertIn("watch: 0 predictions met what happened, 1 row without a prediction", err)

    def test_what_cannot_be_understood_is_told(self):
        rows = [(START + i * HOUR, 1, 2, 3) for i in range(5)]
        plain = self.table("time,a,b,c", rows)
        named = self.table("time,a,lower,observed", rows, "named.csv")
        for path, arguments, exit_code, said in (
            (plain, (), 2, "which column says what happened? Name it with --observed; there are a, b, c"), (plain, ("--observed", "d"), 2, "--observed d: there is no such column"),
            (plain, ("--observed", "a", "--predicted", "a"), 2, "something else already"), (named, ("--predicted", "observed"), 2, "something else already"),
            (self.table("time,observed", [row[:2] for row in rows], "one.csv"), (), 2, "which column says what was predicted"), (plain, ("--coverage", "1"), 2, "above 0 and below 1"),
            (plain, ("--aci-step", "0"), 2, "must be above 0"), (plain, ("--levels", "4"), 2, "no whole number"), (self.folder / "none.csv", (), 3, "none.csv"),
            (self.table("time,predicted,observed", [(START, 1e200, 1), (START + HOUR, 2, 1)], "huge.csv"), (), 3, "huge.csv: huge: observation"),
        ):
            code, out, err = run("watch", path, *arguments, "-q")
            self.assertEqual((code, out, said in err), (exit_code, "", True), err)
            self.assertNotIn("Traceback", err)


if __name__ == "__main__":
    unittest.main()
