"""Functions of the caller that the library calls, what they raise, and Ctrl-C."""

import gc
import logging
import math
import random
import signal
import threading
import time
import traceback
import unittest
import weakref

import rancognition

HOUR = 3_600_000_000_000
START = 1_700_000_000_000_000_000


def series(seed=1, samples=400):
    noise = random.Random(seed)
    return {"start_ns": 0, "step_ns": HOUR, "values": [50 + 20 * math.sin(t * math.pi / 12) + noise.gauss(0, 2) for t in range(samples)]}


def timeline(metrics=2):
    return {"id": "t", "metrics": {f"m{i}": series(i) for i in range(metrics)}, "constraints": []}


def problems(count, samples=1000):
    return [{"id": f"p{i}", "network_id": f"cell-{i}", "history": {"load": series(i % 8, samples)}} for i in range(count)]


class HostTests(unittest.TestCase):
    def setUp(self):
        self.before = rancognition.buffers_outstanding()

    def tearDown(self):
        self.assertEqual(rancognition.buffers_outstanding(), self.before)

    def test_progress_is_told_with_its_stage_and_can_cancel(self):
        seen = []
        with rancognition.Temporal(host=rancognition.Host(progress=lambda share, stage: seen.append((share, stage)))) as core:
            core.predict_future_states(timeline(3), HOUR)
        self.assertEqual([stage for _, stage in seen], ["predict_future_states"] * 3)
        self.assertEqual(seen[-1][0], 1)
        with rancognition.Temporal(host=rancognition.Host(progress=lambda share, stage: True)) as core, self.assertRaises(rancognition.Cancelled):
            core.predict_future_states(timeline(3), HOUR)

    def test_an_exception_in_any_function_is_raised_by_the_call_with_its_own_traceback(self):
        def fails(*_):
            raise KeyError("mine")

        for name in ("now_ns", "progress", "random_u64"):
            with self.subTest(name), rancognition.Temporal(host=rancognition.Host(**{name: fails})) as core:
                try:
                    core.expand_subjective_time(problems(1)[0]) if name != "progress" else core.predict_future_states(timeline(), HOUR)
                    self.fail("nothing was raised")
                except KeyError as error:
                    self.assertEqual(error.args, ("mine",))
                    self.assertIsNone(error.__context__)
                    self.assertIn("fails", [frame.name for frame in traceback.extract_tb(error.__traceback__)])

    def test_an_exception_cancels_the_rest_of_a_long_call(self):
        asked = []

        def fails(share, stage):
            asked.append(share)
            raise ValueError("enough")

        with rancognition.Temporal(host=rancognition.Host(progress=fails)) as core:
            with self.assertRaisesRegex(ValueError, "enough"):
                core.predict_future_states(timeline(8), HOUR)
            self.assertEqual(len(asked), 1)
            with self.assertRaisesRegex(ValueError, "enough"):  # the core is as good as before
                core.predict_future_states(timeline(2), HOUR)

    def test_answers_that_are_no_numbers_are_errors_that_name_the_function(self):
        for function, kind, text in ((lambda: 1.5, TypeError, "now_ns: must give a whole number, not float"), (lambda: -1, ValueError, "now_ns: gave -1"),
                                     (lambda: 2**64, ValueError, "now_ns: gave"), (lambda: None, TypeError, "NoneType")):
            with rancognition.Temporal(host=rancognition.Host(now_ns=function)) as core, self.assertRaisesRegex(kind, text):
                core.expand_subjective_time(problems(1)[0])
        with self.assertRaisesRegex(TypeError, "progress: must be a function, not int"):
            rancognition.Host(progress=3)
        with self.assertRaisesRegex(TypeError, "log: must be a function or a logging.Logger, not str"):
            rancognition.Host(log="stderr")

    def test_random_bits_make_the_seed_and_repeat(self):
        seeds = []
        for bits in (7, 7, 2**64 - 1):
            with rancognition.Temporal(host=rancognition.Host(random_u64=lambda: bits)) as core:
                seeds.append(core.expand_subjective_time(problems(1)[0])["seed"])
        self.assertEqual(seeds[0], seeds[1])
        self.assertNotEqual(seeds[0], seeds[2])

    def test_a_logger_gets_the_lines_with_their_level(self):
        lines = []
        logger = logging.Logger("ran", logging.DEBUG)
        logger.addHandler(type("Collect", (logging.Handler,), {"emit": lambda _, record: lines.append((record.levelno, record.getMessage()))})())
        plain = []
        for log in (logger, lambda level, message: plain.append((level, message))):
            with rancognition.Scheduler(mode="virtual", host=rancognition.Host(log=log)) as scheduler:
                scheduler.register_handler("bad", lambda task: 1 / 0)
                scheduler.schedule_task(0, 0, {"Custom": "bad"})
                scheduler.run()
        self.assertEqual(len(lines), 1)
        self.assertGreaterEqual(lines[0][0], logging.INFO)
        self.assertIn("division", lines[0][1])
        self.assertEqual(plain[0][1], lines[0][1])

    def test_the_hosts_sleep_is_used_by_a_run(self):
        now, slept = [START], []

        def sleep(ns):
            slept.append(ns)
            now[0] += ns

        host = rancognition.Host(now_ns=lambda: now[0], sleep_ns=sleep)
        with rancognition.Scheduler(host=host, spin_ns=0) as scheduler:
            scheduler.register_handler("note", lambda task: None)
            scheduler.schedule_task(START + 500_000_000, 0, {"Custom": "note"})
            scheduler.run(START + 500_000_000)
        self.assertGreaterEqual(sum(slept), 500_000_000)

    def test_a_host_lives_as_long_as_what_uses_it_and_no_longer(self):
        host = rancognition.Host(now_ns=lambda: START)
        reference = weakref.ref(host)
        core = rancognition.Temporal(host=host)
        loader = rancognition.Loader(host=host)
        borrowed = loader.load("temporal").temporal
        del host, loader
        gc.collect()
        core.expand_subjective_time(problems(1, 50)[0])
        borrowed.expand_subjective_time(problems(1, 50)[0])
        del core, borrowed
        gc.collect()
        self.assertIsNone(reference())

    def test_everything_of_a_loader_runs_with_its_host(self):
        times = iter(range(START, START + 10**6))
        with rancognition.Loader(host=rancognition.Host(now_ns=lambda: next(times), log=lambda level, message: None)) as loader:
            module = loader.load("scheduler")
            self.assertEqual((module.interfaces()["module"], module.memory()["module"]), ("scheduler", "scheduler"))
            module.scheduler.register_handler("note", lambda task: "seen")
            module.scheduler.schedule_task(0, 0, {"Custom": "note"})
            (done,) = module.scheduler.execute_ready_tasks()["tasks_executed"]
            self.assertEqual(done["data"], {"Ok": "seen"})
            with self.assertRaises(rancognition.InvalidArgument):
                module.temporal
        self.assertGreater(next(times), START + 1)
        with self.assertRaises(rancognition.InvalidHandle):
            module.memory()

    def test_a_callback_may_use_another_core_and_its_error_passes_through_both(self):
        inner = rancognition.Temporal(host=rancognition.Host(progress=lambda share, stage: 1 / 0))
        outer = rancognition.Temporal(host=rancognition.Host(progress=lambda share, stage: inner.predict_future_states(timeline(), HOUR)))
        with inner, outer, self.assertRaises(ZeroDivisionError):
            outer.predict_future_states(timeline(), HOUR)

    def test_using_the_core_from_its_own_callback_is_refused(self):
        def again(share, stage):
            core.get_performance_metrics()

        core = rancognition.Temporal(host=rancognition.Host(progress=again))
        with core, self.assertRaises(rancognition.Busy):
            core.predict_future_states(timeline(), HOUR)


@unittest.skipUnless(hasattr(signal, "pthread_kill"), "no signals to threads")
class InterruptTests(unittest.TestCase):
    """Calls that would take many seconds end when a signal comes."""

    def interrupted(self, call, seconds=0.3, number=signal.SIGINT):
        main = threading.main_thread().ident
        timer = threading.Timer(seconds, lambda: signal.pthread_kill(main, number))
        timer.start()
        begun = time.monotonic()
        try:
            call()
        finally:
            timer.join()
            self.took = time.monotonic() - begun

    def test_ctrl_c_ends_a_run_that_waits(self):
        with rancognition.Scheduler() as scheduler, self.assertRaises(KeyboardInterrupt):
            self.interrupted(lambda: scheduler.run(rancognition.nanotime() + 20_000_000_000))
        self.assertLess(self.took, 10)
        self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)

    def test_ctrl_c_ends_the_analysis_of_one_problem_with_many_metrics(self):
        problem = problems(1)[0]
        (history,) = problem["history"].values()
        problem["history"] = {f"NRCellDU={cell}/RRU.PrbTotDl": history for cell in range(1024)}
        with rancognition.Temporal() as core, self.assertRaises(KeyboardInterrupt):
            self.interrupted(lambda: core.expand_subjective_time(problem), seconds=0.2)
        self.assertEqual(rancognition.buffers_outstanding(), 0)

    def test_ctrl_c_ends_an_analysis_of_many_cells(self):
        with rancognition.Temporal() as core:
            text = problems(4)
            begun = time.monotonic()
            core.parallel_temporal_analysis(text, 1)
            one = (time.monotonic() - begun) / 4
            many = problems(8) * (int(8 / (8 * one)) + 1)  # some 8 seconds of work on one thread
            with self.assertRaises(KeyboardInterrupt):
                self.interrupted(lambda: core.parallel_temporal_analysis(many, 1), seconds=0.5)
            self.assertLess(self.took, 6)
            self.assertEqual(core.parallel_temporal_analysis(text, 1)["failed"], 0)
        self.assertEqual(rancognition.buffers_outstanding(), 0)

    def test_ctrl_c_ends_a_handler_that_never_would(self):
        def endless(task):
            while True:
                pass

        with rancognition.Scheduler(mode="virtual") as scheduler:
            scheduler.register_handler("endless", endless)
            scheduler.schedule_task(0, 0, {"Custom": "endless"})
            with self.assertRaises(KeyboardInterrupt):
                self.interrupted(scheduler.execute_ready_tasks)

    def test_a_handler_of_a_signal_that_raises_nothing_runs_at_once_and_the_call_goes_on(self):
        heard = []
        previous = signal.signal(signal.SIGUSR1, lambda number, frame: heard.append(time.monotonic()))
        try:
            with rancognition.Scheduler() as scheduler:
                self.interrupted(lambda: scheduler.run(rancognition.nanotime() + 1_500_000_000), number=signal.SIGUSR1)
            ended = time.monotonic()
        finally:
            signal.signal(signal.SIGUSR1, previous)
        self.assertEqual(len(heard), 1)
        self.assertGreater(self.took, 1.4)
        self.assertGreater(ended - heard[0], 0.5)

    def test_a_timeout_by_alarm_ends_a_call_with_its_own_exception(self):
        class TooLong(Exception):
            pass

        def raises(number, frame):
            raise TooLong

        previous = signal.signal(signal.SIGALRM, raises)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.3)
            with rancognition.Scheduler() as scheduler, self.assertRaises(TooLong):
                scheduler.run(rancognition.nanotime() + 20_000_000_000)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, previous)

    def test_in_another_thread_calls_go_on_and_signals_stay_where_they_were(self):
        with rancognition.Scheduler() as scheduler:
            runner = threading.Thread(target=scheduler.run, args=(rancognition.nanotime() + 1_000_000_000,))
            runner.start()
            time.sleep(0.1)
            self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)
            with self.assertRaises(KeyboardInterrupt):
                self.interrupted(lambda: time.sleep(20), seconds=0.1)
            self.assertTrue(runner.is_alive())
            runner.join()


if __name__ == "__main__":
    unittest.main()
