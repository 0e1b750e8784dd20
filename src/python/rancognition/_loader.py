"""Modules by name."""

import ctypes
import json
import threading
from typing import Any, Callable, Dict, NoReturn, Optional, Type, TypeVar

from ._call import guarded, plain, plain_buffer
from ._cognitive import Cognition
from ._errors import Busy
from ._handle import Handle, options_of
from ._host import AnyHost, raw_host
from ._memory import Memory
from ._optimization import Optimizer
from ._scheduler import Scheduler
from ._strange_loop import StrangeLoop
from ._temporal import Temporal
from ._text import name_of, text_of

_Core = TypeVar("_Core", Temporal, Scheduler, Memory, Optimizer, StrangeLoop, Cognition)


class Module:
    """A module of a loader. It belongs to the loader: there is nothing to close, and after unloading its methods raise InvalidHandle."""

    def __init__(self, loader: "Loader", name: str, handle: int) -> None:
        #: The name that it was loaded by.
        self.name = name
        self._loader = loader  # and with it its host
        self._handle = handle
        self._cores: Dict[Any, Any] = {}
        self._lock = threading.Lock()

    @property
    def temporal(self) -> Temporal:
        """The core of the module "temporal", the same object each time; closing it ends nothing."""
        return self._core(Temporal, "rancog_module_get_temporal")

    @property
    def scheduler(self) -> Scheduler:
        """The core of the module "scheduler", the same object each time; closing it ends nothing."""
        return self._core(Scheduler, "rancog_module_get_scheduler")

    @property
    def memory_core(self) -> Memory:
        """The core of the module "memory", the same object each time; closing it ends nothing. (memory() is what the module takes.)"""
        return self._core(Memory, "rancog_module_get_memory")

    @property
    def optimization(self) -> Optimizer:
        """The core of the module "optimization", the same object each time; closing it ends nothing."""
        return self._core(Optimizer, "rancog_module_get_optimization")

    @property
    def strange_loop(self) -> StrangeLoop:
        """The core of the module "strangeLoop", the same object each time; closing it ends nothing."""
        return self._core(StrangeLoop, "rancog_module_get_strange_loop")

    @property
    def cognitive(self) -> Cognition:
        """The core of the module "cognitive", the same object each time; closing it ends nothing."""
        return self._core(Cognition, "rancog_module_get_cognitive")

    def interfaces(self) -> Dict[str, Any]:
        """What the module offers, and how it and its loader are set."""
        found: Dict[str, Any] = json.loads(self.interfaces_json())
        return found

    def interfaces_json(self) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._text("rancog_module_interfaces")

    def memory(self) -> Dict[str, Any]:
        """The memory that the module holds, and its bounds."""
        found: Dict[str, Any] = json.loads(self.memory_json())
        return found

    def memory_json(self) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._text("rancog_module_memory")

    def __repr__(self) -> str:
        return f"<rancognition.Module {self.name!r}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Module cannot be pickled or copied: it lives in the library of this process. Load it in each process")

    def _text(self, name: str) -> bytes:
        text: bytes = self._call(plain_buffer, name)
        return text

    def _call(self, how: Callable[..., Any], name: str) -> Any:
        lib = self._loader._lib
        if self._loader._runs_python:
            return guarded(how, lib, getattr(lib, name), self._handle)
        return how(lib, getattr(lib, name), self._handle)

    def _core(self, kind: Type[_Core], get: str) -> _Core:
        handle = self._call(plain, get)
        with self._lock:
            if kind not in self._cores:
                self._cores[kind] = kind._borrow(self._loader, handle)
            core: _Core = self._cores[kind]
            return core


class Loader(Handle):
    """Loads cores and plug-ins by name, each once; all of them share one clock, log, random, progress and set of settings.

    >>> import rancognition
    >>> with rancognition.Loader(maxMemorySize=1024, enableMultiThreading=False) as loader:
    ...     core = loader.load("temporal", expansion_factor=50).temporal
    ...     mean, lower, upper = core.forecast([7.0] * 24, step_ns=900_000_000_000, horizon=2)
    >>> mean
    [7.0, 7.0]

    Options are those of rancog_loader_create: memorySize, maxMemorySize, enableSIMD, enableBulkMemory, enableMultiThreading.
    host: a Host with functions of yours, or None for the library's own clock and a fixed seed.
    Every method raises RanCognitionError with the library's status and message; see its subclasses.
    """

    _destroy = "rancog_loader_destroy"

    def __init__(self, host: Optional[AnyHost] = None, **options: Any) -> None:
        super().__init__(host)
        self._modules: Dict[int, Module] = {}
        text = options_of(options)
        self._handle = self._create("rancog_loader_create", text, len(text or b""), ctypes.byref(raw_host(host)))

    def load(self, name: str, config: Any = None, **options: Any) -> Module:
        """Loads a module, or gives the one that is loaded under the name.

        name: "temporal", "scheduler", "memory", "optimization", "strangeLoop", "cognitive", or the path of a plug-in with a '/' in it.
        The configuration is given as options, or as config: a dict, or text or bytes as they are (for plug-ins).
        """
        if config is not None and options:
            raise ValueError("config and options are given, want one of them")
        text = options_of(options) if config is None else text_of(config)
        encoded = name_of(name, "name")
        handle = int(self._call("rancog_loader_load_module", encoded, len(encoded), text, len(text or b"")))
        # Kept until the loader goes: handlers that were registered through a module's scheduler may still be running when it is unloaded.
        return self._modules.setdefault(handle, Module(self, name, handle))

    def unload(self, name: str) -> None:
        """Unloads a module: what was borrowed from it is stale, a plug-in's code is gone when this returns."""
        encoded = name_of(name, "name")
        self._call("rancog_loader_unload_module", encoded, len(encoded))

    def close(self) -> None:
        """Unloads all modules, plug-ins first. Raises Busy, and does nothing, when code of one of its plug-ins calls it."""
        handle, self._handle = self._handle, None
        if not handle:
            return
        try:
            guarded(plain, self._lib, self._lib.rancog_loader_destroy, handle)
        except Busy:
            self._handle = handle
            raise
