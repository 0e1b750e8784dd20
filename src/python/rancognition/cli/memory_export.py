"""All episodes of a memory, by their ids."""

from .errors import LibraryError, UsageError

_PAGE = 256  # ids asked for at once; more where they are sparse
_WIDTH_MAX = 2**62
_ID_END = 2**63


def episodes_of(memory, conditions):
    """Yields the episodes that satisfy a filter in the order of their ids, page by page."""
    if "id" in conditions:
        raise UsageError("--filter: id is what export goes by")
    stats = memory.stats()
    queries = _queries(stats)
    if not queries:
        return
    k = min(_PAGE, stats["episodes"])
    left = _page(memory, queries[:1], 1, conditions)[1]  # how many satisfy the filter
    first, width = 1, k
    while left and first < _ID_END:
        # Each page is a range of ids; a range that holds more than a page is asked for again, smaller.
        last = min(first + width, _ID_END) - 1
        found, there = _page(memory, queries, k, {**conditions, "id": {"$gte": first, "$lte": last}})
        if there > k:
            width = max(k, width // 8)
            continue
        if len(found) != there:
            raise LibraryError(f"export: {there} episodes between the ids {first} and {last}, but {len(found)} were found")
        yield from found
        left -= there
        first = last + 1
        if there < k // 4:
            width = min(8 * width, _WIDTH_MAX)


def _queries(stats):
    """What finds every episode: one has a vector, or a situation, or both."""
    queries = []
    if stats["dimension"] is not None:
        queries.append({"vector": [1] + [0] * (stats["dimension"] - 1)})
    if stats["scales"]:
        queries.append({"situation": {stats["scales"][0]["metric"]: 0}})
    return queries


def _page(memory, queries, k, conditions):
    """(episodes by id, how many satisfy the conditions)."""
    found, there = {}, 0
    for query in queries:
        result = memory.recall({**query, "k": k, "filter": conditions})
        there = result["scanned"]
        if there > k:
            break
        found.update((hit["id"], hit["episode"]) for hit in result["hits"])
    return [found[one] for one in sorted(found)], there
