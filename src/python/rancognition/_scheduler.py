"""The scheduler."""

import ctypes
import json
from typing import Any, Callable, Dict, Iterable, List, NamedTuple, Optional, Sequence, Type, TypeVar

from . import _call
from ._errors import InvalidArgument, RanCognitionError
from ._handle import Handle, options_of
from ._host import AnyHost, raw_host
from ._numbers import U8_MAX, U32_MAX, whole
from ._raw import rancog_task, rancog_task_handler, rancog_task_outcome
from ._text import json_of, name_of, text_of

#: Executions of a task that recurs until it is cancelled.
UNLIMITED = U32_MAX

_NONE = 2**64 - 1  # the time that stands for "none", and for "without end"
_ALL = 2 ** (8 * ctypes.sizeof(ctypes.c_size_t)) - 1
_HANDLER_RAISED = -1
_BATCH_FIELDS_MAX = 6

_S = TypeVar("_S", bound="Scheduler")


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
    """Ends a run: give it to Scheduler.run, and call set() on another thread or in a handler.

    >>> flag = StopFlag()
    >>> flag.is_set()
    False
    """

    def __init__(self) -> None:
        self._value = ctypes.c_int32(0)

    def set(self) -> None:
        """Asks the run to end."""
        self._value.value = 1

    def is_set(self) -> bool:
        """Whether set() was called."""
        return self._value.value != 0


class Scheduler(Handle):
    """Runs tasks in exact order of due time (ns), then priority (0 first), then arrival; in real or virtual time.

    >>> import rancognition
    >>> with rancognition.Scheduler(mode="virtual") as scheduler:
    ...     number = scheduler.register_handler("read-kpi", lambda task: {"cell": task.data.decode()})
    ...     first = scheduler.schedule_recurring_task(500_000_000, 0, {"Custom": "read-kpi"}, "cell-7", max_executions=3)
    ...     scheduler.advance_time(1_000_000_000)
    ...     done = scheduler.execute_ready_tasks()["tasks_executed"]
    >>> [task["data"]["Ok"] for task in done]
    [{'cell': 'cell-7'}, {'cell': 'cell-7'}, {'cell': 'cell-7'}]

    Options are those of rancog_scheduler_create: mode, start_time, capacity, data_bytes, spin_ns, missed, ..
    host: a Host with functions of yours, or None for the library's own clock.

    A task type is the name of one ("TemporalAnalysis"), or a dict: {"Custom": name}, or {"type": .., "after": [ids], "deadline_ns": ..}.
    Data is bytes, text, or a value that becomes JSON. Any thread may call anything, also while another one executes tasks. Ctrl-C ends run
    after the task that runs; execute_ready_tasks and execute_ready_batch raise it when they are through with what is due: max_tasks bounds it. The methods that end in _json give the bytes that the library wrote.
    Every method raises RanCognitionError with the library's status and message; see its subclasses.
    """

    _destroy = "rancog_scheduler_destroy"

    def __init__(self, host: Optional[AnyHost] = None, **options: Any) -> None:
        super().__init__(host)
        self._prepare()
        text = options_of(options)
        self._handle = self._create("rancog_scheduler_create", text, len(text or b""), ctypes.byref(raw_host(host)))

    @classmethod
    def _borrow(cls: Type[_S], owner: Handle, handle: int) -> _S:
        self = super()._borrow(owner, handle)
        self._prepare()
        return self

    def _prepare(self) -> None:
        self._callbacks: List[Any] = []  # must live as long as the scheduler; also those that were replaced: one may be running
        self._running: List[StopFlag] = []  # flags of the run that is under way

    def schedule_task(self, execute_time: int, priority: int, task_type: Any, data: Any = None) -> int:
        """Schedules one task for a time in ns on the scheduler's clock; gives its id."""
        kind, content = json_of(task_type), _data(data)
        return int(self._call("rancog_scheduler_schedule_task", whole(execute_time, "execute_time"), whole(priority, "priority", U8_MAX),
                              kind, len(kind), content, len(content)))

    def schedule_recurring_task(self, interval: int, priority: int, task_type: Any, data: Any = None, max_executions: int = UNLIMITED) -> int:
        """Schedules a task every interval ns from now on; gives the id of the first execution, by which the series can be cancelled."""
        kind, content = json_of(task_type), _data(data)
        return int(self._call("rancog_scheduler_schedule_recurring_task", whole(interval, "interval"), whole(priority, "priority", U8_MAX),
                              kind, len(kind), content, len(content), whole(max_executions, "max_executions", U32_MAX)))

    def cancel_task(self, task_id: int) -> None:
        """Cancels a pending task; by any id of a recurring one that has not begun, all that is left of it. Raises NotFound when it is not pending."""
        self._call("rancog_scheduler_cancel_task", whole(task_id, "task_id"))

    def reschedule_task(self, task_id: int, time: int) -> None:
        """Gives a pending task another time. Raises NotFound when it is not pending."""
        self._call("rancog_scheduler_reschedule_task", whole(task_id, "task_id"), whole(time, "time"))

    def register_handler(self, name: str, function: Callable[[Task], Any]) -> int:
        """Runs function(task) for tasks of type {"Custom": name} and of batches; gives the handler's number.

        What it returns is the reply: None for nothing, bytes as they are, anything else as JSON. An exception makes the task fail, with its
        text; KeyboardInterrupt, SystemExit and other exceptions that are no Exception are raised by the call that runs the task: by run at
        once, by execute_ready_tasks and execute_ready_batch after the other tasks that are due.
        """
        if not callable(function):
            raise TypeError(f"function: must be a function, not {type(function).__name__}")
        text = name_of(name, "name")
        callback = rancog_task_handler(_handler(function, self._running, self._lib.rancog_reply_write))  # not self: it owns the callback
        self._callbacks.append(callback)
        return int(self._call("rancog_scheduler_register_handler", text, len(text), callback, None))

    def execute_ready_tasks(self, max_tasks: Optional[int] = None) -> Dict[str, Any]:
        """Executes the tasks that are due now: what was done (tasks_executed) and what remains."""
        result: Dict[str, Any] = json.loads(self.execute_ready_tasks_json(max_tasks))
        return result

    def execute_ready_tasks_json(self, max_tasks: Optional[int] = None) -> bytes:
        """The same as the JSON that the library wrote."""
        most = _ALL if max_tasks is None else whole(max_tasks, "max_tasks")
        return self._text("rancog_scheduler_execute_ready_tasks", most, long=True)

    def get_next_execution_time(self) -> Optional[int]:
        """Due time of the earliest task, ns; None when there is none."""
        time = int(self._call("rancog_scheduler_get_next_execution_time"))
        return None if time == _NONE else time

    def get_queue_status(self) -> Dict[str, Any]:
        """What is pending, what was done, and how late."""
        status: Dict[str, Any] = json.loads(self.get_queue_status_json())
        return status

    def get_queue_status_json(self) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._text("rancog_scheduler_get_queue_status")

    def advance_time(self, nanoseconds: int) -> None:
        """Moves the scheduler's time forward; executes nothing."""
        self._call("rancog_scheduler_advance_time", whole(nanoseconds, "nanoseconds"))

    def schedule_batch(self, tasks: Iterable[Sequence[int]]) -> List[int]:
        """Schedules all the tasks or none; gives their ids. A task is (handler, execute_time[, payload[, priority[, interval, max_executions]]]).

        >>> import rancognition
        >>> with rancognition.Scheduler(mode="virtual") as scheduler:
        ...     number = scheduler.register_handler("add", lambda task: None)
        ...     ids = scheduler.schedule_batch([(number, 20, 7), (number, 10, 8)])
        ...     scheduler.advance_time(20)
        ...     [outcome.payload for outcome in scheduler.execute_ready_batch()]
        [8, 7]
        """
        items = list(tasks)
        entries = (rancog_task * len(items))()
        for index, (entry, task) in enumerate(zip(entries, items)):
            _fill(entry, task, index)
        ids = (ctypes.c_uint64 * len(items))()
        self._call("rancog_scheduler_schedule_batch", entries, len(items), ids)
        return list(ids)

    def execute_ready_batch(self, max_tasks: int = 1024) -> List[Outcome]:
        """Executes at most so many tasks that are due now."""
        most = whole(max_tasks, "max_tasks", 2**24)
        room = (rancog_task_outcome * most)()
        count = ctypes.c_size_t(most)
        self._call("rancog_scheduler_execute_ready_batch", most, room, ctypes.byref(count), long=True)
        return [Outcome(o.task_id, o.execute_time, o.lateness_ns, o.handler, o.status, o.payload) for o in room[:count.value]]

    def run(self, until_ns: Optional[int] = None, stop: Optional[StopFlag] = None) -> None:
        """Executes tasks when they are due, on this thread, until the time is reached (None: without end), the StopFlag is set, or the scheduler is closed."""
        end = _NONE if until_ns is None else whole(until_ns, "until_ns")
        flag = stop or StopFlag()
        was_open = self._handle is not None
        self._running.append(flag)
        try:
            self._call("rancog_scheduler_run", end, ctypes.byref(flag._value), long=True)
        except RanCognitionError:
            if self._handle is not None or not was_open:
                raise
        finally:
            self._running.remove(flag)

    def snapshot(self) -> Dict[str, Any]:
        """All that is pending, as restore takes it."""
        saved: Dict[str, Any] = json.loads(self.snapshot_json())
        return saved

    def snapshot_json(self) -> bytes:
        """The same as the JSON that the library wrote; restore takes it, too."""
        return self._text("rancog_scheduler_snapshot")

    def restore(self, snapshot: Any) -> None:
        """Replaces all that is pending by a snapshot (a dict, or its JSON)."""
        text = text_of(snapshot)
        self._call("rancog_scheduler_restore", text, len(text))


def _handler(function: Callable[[Task], Any], running: List[StopFlag], write: Any) -> Callable[..., int]:
    def answer(task: Task) -> bytes:
        reply = function(task)
        return b"" if reply is None else reply if isinstance(reply, bytes) else json_of(reply)

    def run(task_id: int, payload: int, data: Any, data_len: int, reply: Any, _: Any) -> int:
        task = Task(task_id, payload, ctypes.string_at(data, data_len) if data else b"")
        text, error = _call.run_handler(answer, task)
        if error is None:
            return int(write(reply, text, len(text)))
        if not isinstance(error, Exception):
            for flag in running:
                flag.set()
        text = f"{type(error).__name__}: {error}".encode("utf-8", "replace")
        return write(reply, text, len(text)) or _HANDLER_RAISED

    return run


def _fill(entry: Any, task: Sequence[int], index: int) -> None:
    if not 2 <= len(task) <= _BATCH_FIELDS_MAX:
        raise InvalidArgument(f"tasks[{index}]: has {len(task)} fields, must have 2 to {_BATCH_FIELDS_MAX}")
    handler, time, payload, priority, interval, most = (*task, *(0, 0, 0, 0)[len(task) - 2:])
    place = f"tasks[{index}]"
    entry.struct_size = ctypes.sizeof(rancog_task)
    entry.handler, entry.execute_time = whole(handler, place + ".handler", U32_MAX), whole(time, place + ".execute_time")
    entry.payload, entry.priority = whole(payload, place + ".payload"), whole(priority, place + ".priority", U8_MAX)
    entry.interval, entry.max_executions = whole(interval, place + ".interval"), whole(most, place + ".max_executions", U32_MAX)


def _data(data: Any) -> bytes:
    return b"" if data is None else text_of(data)
