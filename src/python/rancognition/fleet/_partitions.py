"""Cuts what is to be analysed into partitions, no further ahead than asked."""

from dataclasses import dataclass

from ._library import encode, err
from ._task import Loader, Names, Refused, Texts

# Dask warns about a larger task; so many cells take longer than what a task costs.
TASK_BYTES_MAX = 900_000


@dataclass(frozen=True)
class Partition:
    """Some cells that are analysed by one task."""

    number: int
    names: Names
    source: object  # Texts, Loader, or a Future
    cells: int | None  # how many; None when only the worker will know

    def index(self, cell):
        """What the caller knows the cell by; cell None is all of a partition that could not be read."""
        return (self.number, cell) if self.cells is None else self.names.first + cell


def of_problems(problems, cells_max, bytes_max, problem_bytes_max):
    """Partitions of at most cells_max problems and bytes_max of text, or one problem that is larger."""
    number, first, items, size = 0, 0, [], 0
    for problem in problems:
        item, length = _item(problem, first + len(items), problem_bytes_max)
        if items and size + length > bytes_max:
            yield _texts(number, first, items)
            number, first, items, size = number + 1, first + len(items), [], 0
        items.append(item)
        size += length
        if len(items) == cells_max:  # now, not when the next problem comes: that may be long
            yield _texts(number, first, items)
            number, first, items, size = number + 1, first + len(items), [], 0
    if items:
        yield _texts(number, first, items)


def of_sources(client, sources):
    """One partition for each function, Delayed or Future."""
    for number, source in enumerate(sources):
        if hasattr(source, "__dask_graph__"):
            source = client.compute(source)
        elif callable(source):
            source = Loader(source)
        elif not hasattr(source, "add_done_callback"):
            raise TypeError(f"partitions[{number}] is a {type(source).__name__}, want a function without arguments, a Delayed or a Future")
        yield Partition(number, Names(f"partitions[{number}]", f"timeline-{number + 1}-", 0), source, None)


def _texts(number, first, items):
    return Partition(number, Names("problems", "timeline-", first), Texts(tuple(items)), len(items))


def _item(problem, index, bytes_max):
    """What is sent for a problem, and its length."""
    try:
        text = encode(problem)
        if len(text) > bytes_max:
            raise ValueError(f"has {len(text)} bytes, at most {bytes_max} go to a worker (max_bytes_per_worker)")
    except Exception as error:  # whatever the problem's own code raises
        refused = Refused(err(f"problems[{index}]: {error}"))
        return refused, len(refused.outcome)
    return text, len(text)
