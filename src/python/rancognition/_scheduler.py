"""The scheduler."""

import ctypes
import json
from typing import NamedTuple

from ._core import _check, _strict, _take_json, _text
from ._handle import Handle
from ._library import library
from ._raw import rancog_task, rancog_task_handler, rancog_task_outcome

#: Executions of a task that recurs until it is cancelled.
UNLIMITED = 2**32 - 1

_NONE = 2**64 - 1  # the time that stands for "none", and for "without end"
_ALL = 2 ** (8 * ctypes.sizeof(ctypes.c_size_t)) - 1
_HANDLER_RAISED = -1


class Task(NamedTuple):
    """One task as its handler gets it."""

    id: int  #: of a recurring task that of this execution
    payload: int  #: the number given with a task of a batch; 0 for one with data
    data: bytes


class Outcome(NamedTuple):
    """One execution as execute_ready_batch reports it."""

    task_id: int
    execute_time: int
    lateness_ns: int
    handler: int
    status: int  #: 0 = success
    payload: int


class StopFlag:
    """Ends a run: give it to Scheduler.run, and call set() on another thread or in a handler."""

    def __init__(self):
        self._value = ctypes.c_int32(0)

    def set(self):
        self._value.value = 1


class Scheduler(Handle):
    """Runs tasks in exact order of due time (ns), then priority (0 first), then arrival; in real or virtual time.

        import rancognition

        with rancognition.Scheduler(mode="virtual") as scheduler:
            scheduler.register_handler("read-kpi", lambda task: {"cell": task.data.decode()})
            scheduler.schedule_recurring_task(500_000_000, 0, {"Custom": "read-kpi"}, "cell-7", max_executions=3)
            scheduler.advance_time(1_000_000_000)
            done = scheduler.execute_ready_tasks()["tasks_executed"]

    Options are those of rancog_scheduler_create: mode, start_time, capacity, data_bytes, spin_ns, missed, ..
    host: a rancognition._raw.rancog_host with callbacks, or None for the library's own clock.

    A task type is the name of one ("TemporalAnalysis"), or a dict: {"Custom": name}, or {"type": .., "after": [ids], "deadline_ns": ..}.
    Data is bytes, text, or a value that becomes JSON. Any thread may call anything, also while another one executes tasks.
    Every method raises RanCognitionError with the library's status and message.
    """

    _destroy = "rancog_scheduler_destroy"

    def __init__(self, host=None, **options):
        super().__init__(library(), host)
        self._prepare()
        text = _text(options) if options else None
        handle = self._lib.rancog_scheduler_create(text, len(text or b""), None if host is None else ctypes.byref(host))
        _check(self._lib, self._lib.rancog_last_status())
        self._handle = handle

    @classmethod
    def _borrow(cls, owner, handle):
        self = super()._borrow(owner, handle)
        self._prepare()
        return self

    def _prepare(self):
        self._callbacks = []  # must live as long as the scheduler; also those that were replaced: one may be running
        self._raised = []  # what is no Exception and came out of a handler (KeyboardInterrupt)
        self._running = []  # flags of the run that is under way

    def schedule_task(self, execute_time, priority, task_type, data=None):
        """Schedules one task for a time in ns on the scheduler's clock; gives its id."""
        kind, content = _type(task_type), _data(data)
        return self._id(self._lib.rancog_scheduler_schedule_task(self._handle, execute_time, priority, kind, len(kind), content, len(content)))

    def schedule_recurring_task(self, interval, priority, task_type, data=None, max_executions=UNLIMITED):
        """Schedules a task every interval ns from now on; gives the id of the first execution, by which the series can be cancelled."""
        kind, content = _type(task_type), _data(data)
        return self._id(self._lib.rancog_scheduler_schedule_recurring_task(
            self._handle, interval, priority, kind, len(kind), content, len(content), max_executions))

    def cancel_task(self, task_id):
        """Cancels a pending task; by any id of a recurring one that has not begun, all that is left of it."""
        _check(self._lib, self._lib.rancog_scheduler_cancel_task(self._handle, task_id))

    def reschedule_task(self, task_id, time):
        """Gives a pending task another time."""
        _check(self._lib, self._lib.rancog_scheduler_reschedule_task(self._handle, task_id, time))

    def register_handler(self, name, function):
        """Runs function(task) for tasks of type {"Custom": name} and of batches; gives the handler's number.

        What it returns is the reply: None for nothing, bytes as they are, anything else as JSON. An exception makes the task fail, with its text.
        """
        raised, running, write = self._raised, self._running, self._lib.rancog_reply_write  # not self: it owns the callback

        def run(task_id, payload, data, data_len, reply, _):
            status = 0
            try:
                answer = function(Task(task_id, payload, ctypes.string_at(data, data_len) if data else b""))
                text = b"" if answer is None else answer if isinstance(answer, bytes) else json.dumps(_strict(answer), allow_nan=False).encode("utf-8")
            except BaseException as error:  # nothing may leave a callback
                status = _HANDLER_RAISED
                text = f"{type(error).__name__}: {error}".encode("utf-8", "replace")
                if not isinstance(error, Exception):
                    raised.append(error)
                    for flag in running:
                        flag.set()
            return write(reply, text, len(text)) or status

        callback = rancog_task_handler(run)
        text = name.encode("utf-8")
        self._callbacks.append(callback)
        number = self._lib.rancog_scheduler_register_handler(self._handle, text, len(text), callback, None)
        _check(self._lib, self._lib.rancog_last_status())
        return number

    def execute_ready_tasks(self, max_tasks=None):
        """Executes the tasks that are due now; a dict with tasks_executed and what remains."""
        return self._after_handlers(lambda: _take_json(
            self._lib, self._lib.rancog_scheduler_execute_ready_tasks(self._handle, _ALL if max_tasks is None else max_tasks)))

    def get_next_execution_time(self):
        """Due time of the earliest task, ns; None when there is none."""
        time = self._lib.rancog_scheduler_get_next_execution_time(self._handle)
        _check(self._lib, self._lib.rancog_last_status())
        return None if time == _NONE else time

    def get_queue_status(self):
        """What is pending, what was done, and how late, as a dict."""
        return _take_json(self._lib, self._lib.rancog_scheduler_get_queue_status(self._handle))

    def advance_time(self, nanoseconds):
        """Moves the scheduler's time forward; executes nothing."""
        _check(self._lib, self._lib.rancog_scheduler_advance_time(self._handle, nanoseconds))

    def schedule_batch(self, tasks):
        """Schedules all the tasks or none; gives their ids. A task is (handler, execute_time[, payload[, priority[, interval, max_executions]]])."""
        entries = (rancog_task * len(tasks))()
        for entry, task in zip(entries, tasks):
            handler, time, payload, priority, interval, most = (*task, *(0, 0, 0, 0)[len(task) - 2:])
            entry.struct_size, entry.handler, entry.execute_time, entry.payload = ctypes.sizeof(rancog_task), handler, time, payload
            entry.priority, entry.interval, entry.max_executions = priority, interval, most
        ids = (ctypes.c_uint64 * len(tasks))()
        _check(self._lib, self._lib.rancog_scheduler_schedule_batch(self._handle, entries, len(tasks), ids))
        return list(ids)

    def execute_ready_batch(self, max_tasks=1024):
        """Executes at most so many tasks that are due now; a list of Outcome."""
        room = (rancog_task_outcome * max_tasks)()
        count = ctypes.c_size_t(max_tasks)
        self._after_handlers(lambda: _check(self._lib, self._lib.rancog_scheduler_execute_ready_batch(self._handle, max_tasks, room, ctypes.byref(count))))
        return [Outcome(o.task_id, o.execute_time, o.lateness_ns, o.handler, o.status, o.payload) for o in room[:count.value]]

    def run(self, until_ns=None, stop=None):
        """Executes tasks when they are due, on this thread, until the time is reached (None: without end), the StopFlag is set, or the scheduler is closed."""
        flag = stop or StopFlag()
        self._running.append(flag)
        try:
            status = self._after_handlers(lambda: self._lib.rancog_scheduler_run(
                self._handle, _NONE if until_ns is None else until_ns, ctypes.byref(flag._value)))
        finally:
            self._running.remove(flag)
        if self._handle is not None:
            _check(self._lib, status)

    def snapshot(self):
        """All that is pending, as a dict that restore takes."""
        return _take_json(self._lib, self._lib.rancog_scheduler_snapshot(self._handle))

    def restore(self, snapshot):
        """Replaces all that is pending by a snapshot (dict, or JSON text)."""
        text = _text(snapshot)
        _check(self._lib, self._lib.rancog_scheduler_restore(self._handle, text, len(text)))

    def _id(self, task_id):
        _check(self._lib, self._lib.rancog_last_status())
        return task_id

    def _after_handlers(self, call):
        """Makes a call that runs handlers; raises what one of them let through (KeyboardInterrupt)."""
        answer = call()
        if self._raised:
            raise self._raised.pop()
        return answer


def _type(task_type):
    return json.dumps(task_type, separators=(",", ":")).encode("utf-8")


def _data(data):
    return b"" if data is None else _text(data)
