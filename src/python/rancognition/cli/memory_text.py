"""Episodes, hits and skills as text for people."""

import json

from .words import UNBROKEN, instant, number, percent, plural, shown

_INDENT = "     "
_NAME_WIDTH = 10


def write_lines(stream, lines):
    """Lines of the functions below: nothing is broken, so blanks are common ones."""
    for line in lines:
        stream.write(line.replace(UNBROKEN, " ") + "\n")


def hit_lines(hit, is_ranked):
    """A hit: its first line, then what the episode was. is_ranked: by more than the distance."""
    episode = hit["episode"]
    head = [f"#{hit['id']}"]
    if hit["distance"] is not None:
        head.append(f"distance {number(hit['distance'])}")
    if is_ranked:
        head.append(f"score {number(hit['score'])}")
    head += [instant(episode["time_ns"]), *_facts(episode)]
    yield "  ".join(head)
    for name, text in _parts(episode):
        yield _detail(name, text)
    why = [f"{shown(one['metric'])} {percent(one['share'])}" for one in hit.get("why") or [] if one["share"]]
    if why:
        yield _detail("differs in", ", ".join(why))


def skill_lines(skill):
    """A skill: how often it worked, what was done, in which situation."""
    rate = "success not known" if skill["success_rate"] is None else \
        f"success {percent(skill['success_rate'])} ({percent(skill['lower'])} .. {percent(skill['upper'])})"
    reward = "" if skill["mean_reward"] is None else f", mean reward {number(skill['mean_reward'])}"
    yield f"{rate} in {plural(skill['count'], 'episode')}{reward}"
    yield _detail("action", "; ".join(map(_change, skill["action"])) or "none")
    yield _detail("situation", _numbers(skill["situation"]))


def effect_lines(effect, outcome):
    """What an action does to an outcome, or why that cannot be said."""
    counts = f"{plural(effect['treated'], 'episode')} with the action, {effect['control']} without"
    if not effect["enough"]:
        yield f"not enough data: {effect['reason']} ({counts})"
        return
    yield f"the action changes {shown(outcome)} by {_signed(effect['effect'])} ({_signed(effect['lower'])} .. {_signed(effect['upper'])}); {counts}"
    yield _detail("method", effect["method"])


def stats_lines(stats):
    """What a memory holds."""
    yield f"{plural(stats['episodes'], 'episode')}, {stats['file_bytes'] / 1e6:.1f} MB in the file, {stats['index_bytes'] / 1e6:.1f} MB of index"
    if stats["dimension"] is not None:
        yield _detail("vectors", f"{stats['dimension']} numbers, distance {stats['metric']}")
    for scale in stats["scales"]:
        yield _detail("metric", f"{shown(scale['metric'])}: median {number(scale['median'])}, scale {number(scale['scale'])}")
    if stats["peer_lag"] is not None:
        yield _detail("shared", f"{plural(stats['peer_lag'], 'change')} behind{': ' + shown(stats['peer_error']) if stats['peer_error'] else ''}")


def _facts(episode):
    for name, text in (("network_id", "network"), ("cell", "cell"), ("problem_type", "problem")):
        if episode.get(name):
            yield f"{text} {shown(episode[name])}"
    if episode.get("reward") is not None:
        yield f"reward {number(episode['reward'])}"
    if episode.get("success") is not None:
        yield "succeeded" if episode["success"] else "failed"


def _parts(episode):
    if episode.get("situation"):
        yield "situation", _numbers(episode["situation"])
    if episode.get("vector"):
        vector = episode["vector"]
        yield "vector", ", ".join(map(number, vector[:8])) + (f", .. ({len(vector)} numbers)" if len(vector) > 8 else "")
    if episode.get("action"):
        yield "action", "; ".join(map(_change, episode["action"]))
    if episode.get("outcome"):
        yield "outcome", _numbers(episode["outcome"])
    if episode.get("tags"):
        yield "tags", ", ".join(map(shown, episode["tags"]))
    if episode.get("metadata"):
        yield "metadata", shown(json.dumps(episode["metadata"], ensure_ascii=False))
    if episode.get("text"):
        yield "text", shown(" ".join(episode["text"].split()))


def _detail(name, text):
    return f"{_INDENT}{name.ljust(_NAME_WIDTH)} {text}"


def _numbers(metrics):
    return ", ".join(f"{shown(name)} {number(value)}" for name, value in metrics.items())


def _change(change):
    what = shown(f"{change.get('managedObject') or ''} {change.get('attribute') or ''}".strip())
    return f"{what} {_value(change.get('before'))} -> {_value(change.get('after'))}"


def _value(value):
    return "?" if value is None else shown(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _signed(value):
    return ("+" if value > 0 else "") + number(value)
