"""Real calls of a loader through the built library. Run from src/python: python3 -m unittest discover"""

import gc
import unittest

import rancognition
from rancognition import _raw


class LoaderTests(unittest.TestCase):
    def setUp(self):
        self.before = rancognition.buffers_outstanding()
        self.loader = rancognition.Loader(memorySize=4, maxMemorySize=8, threads=2)

    def tearDown(self):
        self.loader.close()
        self.assertEqual(rancognition.buffers_outstanding(), self.before)

    def assertRefused(self, status, call, *arguments, **options):
        with self.assertRaises(rancognition.RanCognitionError) as caught:
            call(*arguments, **options)
        self.assertEqual(caught.exception.status, status, str(caught.exception))
        return str(caught.exception)

    def test_modules_are_loaded_once_and_tell_what_they_are(self):
        module = self.loader.load("temporal", expansion_factor=50)
        self.assertIs(self.loader.load("temporal"), module)
        self.assertIs(self.loader.load("temporal", {"expansion_factor": 50}), module)
        self.assertIs(module.temporal, module.temporal)
        told = module.interfaces()
        self.assertEqual((told["module"], told["names"]), ("temporal", ["temporal"]))
        for function in told["interfaces"][0]["functions"]:
            self.assertIn(f"rancog_temporal_{function}", _raw.FUNCTIONS)
        self.assertEqual([field["field"] for field in told["loader"]["ignored"]], ["/threads"])
        self.assertEqual(module.memory()["maximum_bytes"], 8 * 65536)
        self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, self.loader.load, "temporal", expansion_factor=51)
        self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, lambda: module.scheduler)
        with self.assertRaises(ValueError):
            self.loader.load("temporal", {}, expansion_factor=50)

    def test_a_module_that_there_is_not_is_told(self):
        message = self.assertRefused(_raw.RANCOG_E_NOT_FOUND, self.loader.load, "telepathy")
        self.assertIn("telepathy", message)

    def test_every_function_of_the_cores_is_in_their_interfaces(self):
        for module, name in (("temporal",) * 2, ("scheduler",) * 2, ("memory",) * 2, ("optimization",) * 2, ("strangeLoop", "strange_loop"), ("cognitive",) * 2):
            offered = {f"rancog_{name}_{function}" for function in self.loader.load(module).interfaces()["interfaces"][0]["functions"]}
            there = {function for function in _raw.FUNCTIONS if function.startswith(f"rancog_{name}_")}
            without_core = {"rancog_cognitive_replay"} if name == "cognitive" else set()
            self.assertEqual(there - offered, {f"rancog_{name}_create", f"rancog_{name}_destroy"} | without_core)

    def test_the_module_memory_has_a_memory_that_is_the_loaders(self):
        module = self.loader.load("memory", dimension=2)
        self.assertIs(module.memory_core, module.memory_core)
        self.assertEqual(module.memory_core.store({"vector": [1, 2]}), 1)
        module.memory_core.close()
        self.assertEqual(self.loader.load("memory").interfaces()["module"], "memory")
        self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, lambda: module.temporal)
        self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, lambda: self.loader.load("temporal").memory_core)
        self.assertGreater(module.memory()["used_bytes"], 0)

    def test_the_module_optimization_has_an_optimizer_that_is_the_loaders(self):
        module = self.loader.load("optimization", seed=5)
        core = module.optimization
        self.assertIs(core, module.optimization)
        core.begin({"variables": [{"name": "on", "type": "binary"}], "objectives": [{"name": "cost", "sense": "max"}]})
        while points := core.ask():
            core.tell(points, [x for x, in points])
        self.assertEqual(core.result()["best"]["x"], [1])
        core.close()
        self.assertEqual(self.loader.load("optimization").interfaces()["module"], "optimization")
        self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, lambda: module.memory_core)
        self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, lambda: self.loader.load("temporal").optimization)
        self.loader.unload("optimization")
        self.assertRefused(_raw.RANCOG_E_INVALID_HANDLE, lambda: module.optimization)

    def test_the_module_strange_loop_has_a_core_that_is_the_loaders(self):
        module = self.loader.load("strangeLoop", levels=1, aci_step=0.25)
        core = module.strange_loop
        self.assertIs(core, module.strange_loop)
        core.observe(loop_id="es", predict={"load": {"mean": 1, "lower": 0, "upper": 2}})
        self.assertEqual([core.get_state()[name] for name in ("levels", "aci_step")], [1, 0.25])
        core.close()
        self.assertEqual(self.loader.load("strangeLoop").interfaces()["module"], "strangeLoop")
        self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, lambda: module.optimization)
        self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, lambda: self.loader.load("temporal").strange_loop)
        self.loader.unload("strangeLoop")
        self.assertRefused(_raw.RANCOG_E_INVALID_HANDLE, lambda: module.strange_loop)

    def test_the_module_cognitive_has_a_core_that_is_the_loaders(self):
        module = self.loader.load("cognitive", seed=7)
        core = module.cognitive
        self.assertIs(core, module.cognitive)
        self.assertEqual(core.decide({"id": "p", "network_id": "n", "current_state": {"load": 1}})["decision_id"], 1)
        self.assertEqual(core.get_state()["decisions"]["TOTAL"], 1)
        core.close()
        self.assertEqual(self.loader.load("cognitive").interfaces()["module"], "cognitive")
        self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, lambda: module.strange_loop)
        self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, lambda: self.loader.load("temporal").cognitive)
        self.loader.unload("cognitive")
        self.assertRefused(_raw.RANCOG_E_INVALID_HANDLE, lambda: module.cognitive)

    def test_what_was_borrowed_is_stale_after_unloading_and_closing_it_ends_nothing(self):
        module = self.loader.load("scheduler", mode="virtual")
        scheduler = module.scheduler
        self.loader.unload("scheduler")
        self.assertRefused(_raw.RANCOG_E_INVALID_HANDLE, scheduler.advance_time, 1)
        self.assertRefused(_raw.RANCOG_E_INVALID_HANDLE, module.memory)
        self.assertRefused(_raw.RANCOG_E_NOT_FOUND, self.loader.unload, "scheduler")
        again = self.loader.load("scheduler", mode="virtual")
        again.scheduler.close()
        self.assertIs(self.loader.load("scheduler"), again)

    def test_handlers_of_a_borrowed_scheduler_live_as_long_as_the_loader(self):
        self.loader.load("scheduler", mode="virtual").scheduler.register_handler("double", lambda task: int(task.data) * 2)
        gc.collect()
        scheduler = self.loader.load("scheduler").scheduler
        scheduler.schedule_task(0, 0, {"Custom": "double"}, "21")
        self.assertEqual(scheduler.execute_ready_tasks()["tasks_executed"][0]["data"], {"Ok": 42})

    def test_a_file_that_is_no_plugin_is_refused_with_the_systems_words(self):
        self.assertIn("test_loader.py", self.assertRefused(_raw.RANCOG_E_INVALID_ARGUMENT, self.loader.load, __file__))

    def test_a_closed_loader_is_refused_and_its_cores_are_stale(self):
        core = self.loader.load("temporal").temporal
        self.loader.close()
        self.loader.close()
        self.assertRefused(_raw.RANCOG_E_INVALID_HANDLE, self.loader.load, "temporal")
        self.assertRefused(_raw.RANCOG_E_INVALID_HANDLE, core.set_consciousness_level, 1)


if __name__ == "__main__":
    unittest.main()
