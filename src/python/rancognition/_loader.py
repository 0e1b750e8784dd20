"""Modules by name."""

import ctypes
import threading

from ._core import Temporal, _check, _take_json, _text
from ._errors import RanCognitionError
from ._handle import Handle
from ._library import library
from ._raw import RANCOG_E_BUSY
from ._scheduler import Scheduler


class Module:
    """A module of a loader. It belongs to the loader: there is nothing to close, and after unloading its methods raise RanCognitionError."""

    def __init__(self, loader, name, handle):
        self.name = name
        self._loader = loader  # and with it its host
        self._handle = handle
        self._cores = {}
        self._lock = threading.Lock()

    @property
    def temporal(self):
        """The Temporal of the module "temporal", the same object each time; closing it ends nothing."""
        return self._core(Temporal, self._loader._lib.rancog_module_get_temporal)

    @property
    def scheduler(self):
        """The Scheduler of the module "scheduler", the same object each time; closing it ends nothing."""
        return self._core(Scheduler, self._loader._lib.rancog_module_get_scheduler)

    def interfaces(self):
        """What the module offers, and how it and its loader are set, as a dict."""
        return _take_json(self._loader._lib, self._loader._lib.rancog_module_interfaces(self._handle))

    def memory(self):
        """The memory that the module holds, and its bounds, as a dict."""
        return _take_json(self._loader._lib, self._loader._lib.rancog_module_memory(self._handle))

    def _core(self, kind, get):
        handle = get(self._handle)
        _check(self._loader._lib, self._loader._lib.rancog_last_status())
        with self._lock:
            if kind not in self._cores:
                self._cores[kind] = kind._borrow(self._loader, handle)
            return self._cores[kind]


class Loader(Handle):
    """Loads cores and plug-ins by name, each once; all of them share one clock, log, random, progress and set of settings.

        import rancognition

        with rancognition.Loader(maxMemorySize=1024, enableMultiThreading=False) as loader:
            core = loader.load("temporal", expansion_factor=50).temporal
            mean, lower, upper = core.forecast([41, 43, 48, 52, 57], step_ns=900_000_000_000, horizon=4)

    Options are those of rancog_loader_create: memorySize, maxMemorySize, enableSIMD, enableBulkMemory, enableMultiThreading.
    host: a rancognition._raw.rancog_host with callbacks, or None for the library's own clock and a fixed seed.
    Every method raises RanCognitionError with the library's status and message.
    """

    _destroy = "rancog_loader_destroy"

    def __init__(self, host=None, **options):
        super().__init__(library(), host)
        self._modules = {}
        text = _text(options) if options else None
        handle = self._lib.rancog_loader_create(text, len(text or b""), None if host is None else ctypes.byref(host))
        _check(self._lib, self._lib.rancog_last_status())
        self._handle = handle

    def load(self, name, config=None, **options):
        """Loads a module, or gives the one that is loaded under the name.

        name: "temporal", "scheduler", or the path of a plug-in with a '/' in it.
        The configuration is given as options, or as config: a dict, or text or bytes as they are (for plug-ins).
        """
        if config is not None and options:
            raise ValueError("config and options are given, want one of them")
        given = options or config
        text = None if given is None else _text(given)
        encoded = name.encode("utf-8")
        handle = self._lib.rancog_loader_load_module(self._handle, encoded, len(encoded), text, len(text or b""))
        _check(self._lib, self._lib.rancog_last_status())
        # Kept until the loader goes: handlers that were registered through a module's scheduler may still be running when it is unloaded.
        return self._modules.setdefault(handle, Module(self, name, handle))

    def unload(self, name):
        """Unloads a module: what was borrowed from it is stale, a plug-in's code is gone when this returns."""
        encoded = name.encode("utf-8")
        _check(self._lib, self._lib.rancog_loader_unload_module(self._handle, encoded, len(encoded)))

    def close(self):
        """Unloads all modules, plug-ins first. Raises RanCognitionError, and does nothing, when code of one of its plug-ins calls it."""
        handle, self._handle = self._handle, None
        if not handle:
            return
        self._lib.rancog_loader_destroy(handle)
        if self._lib.rancog_last_status() == RANCOG_E_BUSY:
            message = self._lib.rancog_last_error_message().decode("utf-8")
            self._handle = handle
            raise RanCognitionError(RANCOG_E_BUSY, message)
