"""The memory core."""

import ctypes
import json
import os
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Union, overload

from ._arrays import Room
from ._episodes import Episodes, vector_of
from ._errors import InvalidArgument
from ._handle import Handle, options_of
from ._host import AnyHost, raw_host
from ._memory_filter import filter_of, hits_of
from ._numbers import real, whole
from ._raw import rancog_hit
from ._text import path_of, text_of

_DURABILITY = {None: -1, "none": 0, "group": 1, "sync": 2}
_K_MAX = 65536  # more are refused by the library; room is not made for them


class Hits(NamedTuple):
    """What search found, nearest first: lists, or NumPy arrays when the vector was one.

    >>> ids, distances, times, rewards = Hits([7, 3], [0.0, 1.5], [10, 20], [1.0, 0.5])
    >>> ids[0], distances[0]
    (7, 0.0)
    """

    ids: Any  #: of the episodes
    distances: Any  #: in the memory's metric
    times: Any  #: ns since the Unix epoch
    rewards: Any  #: NaN = not known


class Memory(Handle):
    """The experience of a network: episodes (situation, action, outcome) kept safely, recalled exactly, explained and learned from.

    path: an SQLite file, which is created when it is not there; None: in this process only.
    Options are those of rancog_memory_create: dimension, metric, durability, max_rows, postgres, site, sync_interval_ns.
    host: a Host with functions of yours (clock and progress), or None for the library's own.

    >>> import rancognition
    >>> tilt = {"managedObject": "NRCellDU=1", "attribute": "digitalTilt", "before": 4, "after": 6}
    >>> with rancognition.Memory() as memory:
    ...     ids = memory.store([
    ...         {"situation": {"RRU.PrbTotDl": 92, "DRB.UEThpDl": 4}, "action": [tilt], "outcome": {"DRB.UEThpDl": 9}, "success": True, "cell": "c1"},
    ...         {"situation": {"RRU.PrbTotDl": 35, "DRB.UEThpDl": 31}, "success": False, "cell": "c2"},
    ...         {"situation": {"RRU.PrbTotDl": 60, "DRB.UEThpDl": 16}, "cell": "c1"}])
    ...     found = memory.recall(situation={"RRU.PrbTotDl": 90, "DRB.UEThpDl": 5}, k=2, filter={"cell": "c1"})
    >>> [hit["id"] for hit in found["hits"]], found["exact"]
    ([1, 3], True)

    Episodes, filters and requests are dicts and lists as rancognition.h describes them, or their JSON as str or bytes; they may hold NumPy
    arrays. Results are dicts and lists; the methods that end in _json give the bytes that the library wrote instead. append and search
    work on arrays: contiguous float32 is not copied, NumPy in, NumPy out.

    Any thread may call anything: readers run side by side, writes that arrive together share one commit, and the interpreter's lock is
    released meanwhile. Ctrl-C ends analyze and what is made of it. One process at a time has a file: Busy says that another one does.
    Every method raises RanCognitionError with the library's status and message; see its subclasses. When a write fails, nothing of it is kept.
    """

    _destroy = "rancog_memory_destroy"

    def __init__(self, path: "Union[str, bytes, os.PathLike[str], None]" = None, host: Optional[AnyHost] = None, **options: Any) -> None:
        super().__init__(host)
        if path is not None:
            options["path"] = path_of(path, "path")
        text = options_of(options)
        self._handle = self._create("rancog_memory_create", text, len(text or b""), ctypes.byref(raw_host(host)))

    @overload
    def store(self, episode: Dict[str, Any]) -> int: ...

    @overload
    def store(self, episode: Iterable[Dict[str, Any]]) -> List[int]: ...

    @overload
    def store(self, episode: Union[str, bytes]) -> Any: ...

    def store(self, episode: Any) -> Any:
        """Keeps one episode and gives its id, or all of several, or none of them, and gives their ids.

        >>> import rancognition
        >>> with rancognition.Memory() as memory:
        ...     memory.store({"vector": [1, 2, 3]}), memory.store([{"vector": [1, 2, 4]}, {"vector": [1, 2, 5]}])
        (1, [2, 3])
        """
        result = json.loads(self.store_json(episode))
        return result["ids"] if "ids" in result else result["id"]

    def store_json(self, episode: Any) -> bytes:
        """The same as the JSON that the library wrote, which tells how durable they are, too."""
        text = text_of(episode if isinstance(episode, (dict, str, bytes, bytearray, memoryview)) else list(episode))
        return self._text("rancog_memory_store", text, len(text))

    def recall(self, query: Any = None, *, situation: Any = None, vector: Any = None, text: Optional[str] = None, like: Optional[int] = None,
               k: Optional[int] = None, filter: Any = None, weights: Any = None, half_life_ns: Optional[int] = None,  # pylint: disable=redefined-builtin
               mmr_lambda: Optional[float] = None, as_of_ns: Optional[int] = None, explain: Optional[bool] = None) -> Dict[str, Any]:
        """Finds the episodes that are most like what is looked for: hits with their episodes, and how they were found.

        situation: {metric: number}, vector: numbers, or like: the id of an episode; or text: words, also beside one of them.
        k: hits wanted (10). filter: {field: {operator: value}}. weights: of similarity, recency, reward, text.
        half_life_ns: in which recency halves. mmr_lambda: below 1, hits differ from each other. as_of_ns: what would have been found then.
        explain: each hit says why. Or query: all of that as one dict, or its JSON.

        >>> import rancognition
        >>> with rancognition.Memory() as memory:
        ...     ids = memory.store([{"vector": [0, 0], "reward": 0.1}, {"vector": [3, 4], "reward": 0.9, "text": "energy saving at night"}])
        ...     near = memory.recall(vector=[0, 0], k=2)["hits"]
        ...     good = memory.recall(vector=[0, 0], k=1, filter={"reward": {"$gte": 0.5}})["hits"]
        ...     word = memory.recall(text="energy", k=1)["hits"]
        >>> [hit["distance"] for hit in near], good[0]["id"], word[0]["episode"]["reward"]
        ([0, 5], 2, 0.9)
        """
        result: Dict[str, Any] = json.loads(self.recall_json(
            query, situation=situation, vector=vector, text=text, like=like, k=k, filter=filter, weights=weights, half_life_ns=half_life_ns,
            mmr_lambda=mmr_lambda, as_of_ns=as_of_ns, explain=explain))
        return result

    def recall_json(self, query: Any = None, *, situation: Any = None, vector: Any = None, text: Optional[str] = None, like: Optional[int] = None,
                    k: Optional[int] = None, filter: Any = None, weights: Any = None, half_life_ns: Optional[int] = None,  # pylint: disable=redefined-builtin
                    mmr_lambda: Optional[float] = None, as_of_ns: Optional[int] = None, explain: Optional[bool] = None) -> bytes:
        """The same as the JSON that the library wrote."""
        given = _given(situation=situation, vector=vector, text=text, like=like, k=k, filter=filter, weights=weights, half_life_ns=half_life_ns,
                       mmr_lambda=mmr_lambda, as_of_ns=as_of_ns, explain=explain)
        if query is not None and given:
            raise ValueError(f"query and {', '.join(given)} are given, want the one or the other")
        request = text_of(given if query is None else query)
        return self._text("rancog_memory_recall", request, len(request))

    def update(self, episode: Any, **members: Any) -> Dict[str, Any]:
        """Changes some members of an episode, when its outcome is known for example: each replaces the old one whole, None takes it away.

        episode: its id; or a dict with id and members, or its JSON. known_ns: since when this is known (now).

        >>> import rancognition
        >>> with rancognition.Memory() as memory:
        ...     episode = memory.store({"situation": {"RRU.PrbTotDl": 92}})
        ...     memory.update(episode, outcome={"RRU.PrbTotDl": 71}, success=True)["updated"]
        ['outcome', 'success']
        """
        result: Dict[str, Any] = json.loads(self.update_json(episode, **members))
        return result

    def update_json(self, episode: Any, **members: Any) -> bytes:
        """The same as the JSON that the library wrote."""
        if isinstance(episode, (dict, str, bytes, bytearray, memoryview)):
            if members:
                raise ValueError(f"episode: give its id beside {', '.join(members)}, or all in one")
            text = text_of(episode)
        else:
            text = text_of({"id": whole(episode, "episode"), **members})
        return self._text("rancog_memory_update", text, len(text))

    def remove(self, episode: int) -> None:
        """Removes an episode by its id, with everything that was known of it. Raises NotFound when it is not there."""
        self._call("rancog_memory_remove", whole(episode, "episode"))

    def analyze(self, request: Any) -> Dict[str, Any]:
        """Asks what the episodes say together, or does something to them together; skills, effect, prune and backup are forms of it."""
        result: Dict[str, Any] = json.loads(self.analyze_json(request))
        return result

    def analyze_json(self, request: Any) -> bytes:
        """The same as the JSON that the library wrote."""
        text = text_of(request)
        return self._text("rancog_memory_analyze", text, len(text), long=True)

    def skills(self, min_count: Optional[int] = None, *, half_life_ns: Optional[int] = None, coverage: Optional[float] = None,
               filter: Any = None) -> List[Dict[str, Any]]:  # pylint: disable=redefined-builtin
        """Which action worked in which situation, best first; each with its count (at least min_count, 5) and an interval of its success rate.

        >>> import rancognition
        >>> tilt = {"managedObject": "NRCellDU=1", "attribute": "digitalTilt", "before": 4, "after": 6}
        >>> with rancognition.Memory() as memory:
        ...     ids = memory.store([{"situation": {"load": 90 + i % 3}, "action": [tilt], "success": i != 3} for i in range(8)])
        ...     skill = memory.skills()[0]
        >>> skill["count"], skill["success_rate"], skill["lower"] < 0.875 < skill["upper"]
        (8, 0.875, True)
        """
        found: List[Dict[str, Any]] = self.analyze(_given(op="skills", min_count=min_count, half_life_ns=half_life_ns, coverage=coverage, filter=filter))["skills"]
        return found

    def effect(self, action: Any, outcome: str, *, coverage: Optional[float] = None, filter: Any = None) -> Dict[str, Any]:  # pylint: disable=redefined-builtin
        """What an action changes against its absence in like situations: effect with its interval, or enough = False and the reason.

        action: members that must match, such as {"attribute": "digitalTilt"}. outcome: a metric of the outcomes, or "reward".

        >>> import rancognition
        >>> with rancognition.Memory() as memory:
        ...     memory.effect({"attribute": "digitalTilt"}, "DRB.UEThpDl")["enough"]
        False
        """
        return self.analyze(_given(op="effect", action=action, outcome=outcome, coverage=coverage, filter=filter))

    def prune(self, *, max_rows: Optional[int] = None, max_age_ns: Optional[int] = None, min_reward: Optional[float] = None,
              filter: Any = None) -> int:  # pylint: disable=redefined-builtin
        """Removes what is beyond the newest max_rows, older than max_age_ns, or of less reward; gives how many episodes that were.

        >>> import rancognition
        >>> with rancognition.Memory() as memory:
        ...     ids = memory.store([{"vector": [i], "time_ns": 1 + i} for i in range(10)])
        ...     memory.prune(max_rows=4), memory.stats()["episodes"]
        (6, 4)
        """
        return int(self.analyze(_given(op="prune", max_rows=max_rows, max_age_ns=max_age_ns, min_reward=min_reward, filter=filter))["removed"])

    def backup(self, path: "Union[str, bytes, os.PathLike[str]]") -> int:
        """Writes a consistent copy to a file that is not there yet, while the memory is in use; gives its bytes."""
        return int(self.analyze({"op": "backup", "path": path_of(path, "path")})["backup_bytes"])

    def stats(self) -> Dict[str, Any]:
        """What the memory holds, and how: episodes, dimension, metrics with their scales, bytes, durability; see rancog_memory_get_stats."""
        found: Dict[str, Any] = json.loads(self.stats_json())
        return found

    def stats_json(self) -> bytes:
        """The same as the JSON that the library wrote."""
        return self._text("rancog_memory_get_stats")

    def flush(self) -> None:
        """Everything stored so far is on the device when this returns; with postgres, exchanged with the shared database too."""
        self._call("rancog_memory_flush")

    def append(self, vectors: Any = None, *, times: Any = None, cells: Any = None, rewards: Any = None, success: Any = None,
               documents: Any = None, ids: Any = None, durability: Optional[str] = None) -> Any:
        """Keeps many episodes, or none of them, in one commit; gives their ids: a list, or a NumPy array when the vectors are one.

        vectors: a NumPy array of two dimensions (contiguous float32 is not copied), or rows of numbers; None where documents have situations.
        Of each episode: times in ns (also datetime64; 0 = now), cells (one for all, too), rewards, success (True, False),
        documents (dicts or JSON with the other members), ids (0 = the next one). None and NaN are what is not known.
        durability: "none", "group", "sync", or None for the memory's own.

        >>> import rancognition
        >>> with rancognition.Memory() as memory:
        ...     memory.append([[0, 0], [3, 4], [6, 8]], cells="c1", rewards=[0.5, None, 1], documents=[None, {"tags": ["night"]}, None])
        ...     memory.recall(vector=[3, 4], k=1)["hits"][0]["episode"]["tags"]
        [1, 2, 3]
        ['night']
        """
        if durability not in _DURABILITY:
            raise InvalidArgument(f"durability: {durability!r}, must be 'none', 'group' or 'sync'")
        rows = Episodes(vectors, times, cells, rewards, success, documents, ids)
        given = Room(len(rows), "Q", rows.is_numpy)
        self._call("rancog_memory_append", rows.first, len(rows), _DURABILITY[durability], given.first)
        return given.numbers

    def search(self, vector: Any, k: int, filter: Any = None, *, cell: Optional[str] = None, from_ns: Optional[int] = None,  # pylint: disable=redefined-builtin
               until_ns: Optional[int] = None, min_reward: Optional[float] = None, max_reward: Optional[float] = None,
               success: Optional[bool] = None) -> Hits:
        """Finds the k nearest episodes by their vectors: ascending distance, ties by id; exact for every metric and filter.

        vector: a NumPy array (contiguous float32 is not copied), any memory of floats, or a sequence.
        All conditions hold: filter (as of recall), cell, from_ns <= time < until_ns, bounds of the reward, success. Fewer than k hits
        come back only when fewer episodes satisfy them.

        >>> import rancognition
        >>> with rancognition.Memory(metric="l2") as memory:
        ...     ids = memory.append([[0, 0], [3, 4], [6, 8]], cells=["c1", "c2", "c1"], times=[10, 20, 30], rewards=[0, 0.5, 1])
        ...     memory.search([0, 0], 2, cell="c1")
        Hits(ids=[1, 3], distances=[0.0, 10.0], times=[10, 30], rewards=[0.0, 1.0])
        """
        numbers, wanted = vector_of(vector, "vector"), whole(k, "k")
        conditions = filter_of(filter, cell, from_ns, until_ns, None if min_reward is None else real(min_reward, "min_reward"),
                               None if max_reward is None else real(max_reward, "max_reward"), success)
        hits = (rancog_hit * max(1, min(wanted, _K_MAX)))()
        count = ctypes.c_size_t(len(hits))
        self._call("rancog_memory_search", numbers.first, len(numbers), wanted, conditions, hits, ctypes.byref(count))
        return Hits(*hits_of(hits, count.value, numbers.is_numpy))


def _given(**members: Any) -> Dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
