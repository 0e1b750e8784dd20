"""memory recall, memory skills, memory effect: what the episodes say."""

import json
import sys

from .errors import EXIT_LIMIT, EXIT_OK, UsageError
from .memory_options import add_filter, add_json, member, metric_value, moment, vector, weights
from .memory_session import Action, memory_session, note_ignored, question
from .memory_text import effect_lines, hit_lines, skill_lines, write_lines
from .options import count, open_share, share, time_length

_NOTHING = EXIT_LIMIT  # nothing was found, or there are not enough data
_ID_MAX = 2**63 - 1


def _add_recall(parser):
    parser.add_argument("situation", nargs="*", type=metric_value, metavar="METRIC=NUMBER", help="the situation, such as RRU.PrbTotDl=92")
    parser.add_argument("--vector", type=vector, metavar="N,N,..", help="a vector instead (--vector=-1,2 when it begins with -)")
    parser.add_argument("--like", type=count(1, _ID_MAX), metavar="ID", help="an episode instead: others like it")
    parser.add_argument("--text", metavar="WORDS", help="words in the episodes' texts, alone or beside one of the others")
    parser.add_argument("--k", "-k", type=count(1, 65536), metavar="N", help="hits wanted (10)")
    add_filter(parser)
    parser.add_argument("--weights", type=weights, metavar="PART=N,..", help="of similarity, recency, reward and text; else the nearest come first")
    parser.add_argument("--half-life", type=time_length, metavar="LENGTH", help="in which recency halves, such as 7d (1d)")
    parser.add_argument("--mmr-lambda", type=share, metavar="0..1", help="below 1, hits are chosen to differ from each other (1)")
    parser.add_argument("--as-of", type=moment, metavar="TIME", help="what would have been found then: 2024-05-01T13:00:00Z, or ns")
    parser.add_argument("--explain", action="store_true", help="tell what the differences are made of")
    add_json(parser)


def _recall(options):
    given = {
        "situation": dict(options.situation) or None, "vector": options.vector, "like": options.like, "text": options.text, "k": options.k,
        "filter": options.filter, "weights": options.weights, "half_life_ns": options.half_life, "mmr_lambda": options.mmr_lambda,
        "as_of_ns": options.as_of, "explain": True if options.explain else None}
    if not any(given[name] is not None for name in ("situation", "vector", "like", "text")):
        raise UsageError("memory recall: give METRIC=NUMBER of a situation, --vector, --like or --text")
    with memory_session(options) as (memory, _), question():
        result = memory.recall_json(**given)
    found = json.loads(result)
    note_ignored(found["ignored"])
    if options.json:
        _write_json(result)
    else:
        is_ranked = options.text is not None or options.weights is not None
        for hit in found["hits"]:
            write_lines(sys.stdout, hit_lines(hit, is_ranked))
        if not found["hits"]:
            print("nothing was found", file=sys.stderr)
    return EXIT_OK if found["hits"] else _NOTHING


def _add_skills(parser):
    parser.add_argument("--min-count", type=count(1, 2**31 - 1), metavar="N", help="episodes that a skill needs (5)")
    parser.add_argument("--half-life", type=time_length, metavar="LENGTH", help="older episodes count less: half after this")
    _add_question(parser)


def _skills(options):
    request = {"op": "skills", "min_count": options.min_count, "half_life_ns": options.half_life, **_common(options)}
    answer = _analyze(options, request, "looking for skills")
    if not options.json:
        for skill in answer["skills"]:
            write_lines(sys.stdout, skill_lines(skill))
        if not answer["skills"]:
            print("there are not enough episodes for a skill", file=sys.stderr)
    return EXIT_OK if answer["skills"] else _NOTHING


def _add_effect(parser):
    parser.add_argument("outcome", metavar="OUTCOME", help="a metric of the outcomes, or reward")
    parser.add_argument("action_members", nargs="+", type=member, metavar="NAME=VALUE",
                        help="the action: attribute=digitalTilt, managedObject=.., before=.., after=..; those given must match")
    _add_question(parser)


def _effect(options):
    request = {"op": "effect", "action": dict(options.action_members), "outcome": options.outcome, **_common(options)}
    answer = _analyze(options, request, "estimating the effect")
    if not options.json:
        write_lines(sys.stdout, effect_lines(answer, options.outcome))
    return EXIT_OK if answer["enough"] else _NOTHING


def _add_question(parser):
    parser.add_argument("--coverage", type=open_share, metavar="0..1", help="of the intervals (0.95)")
    add_filter(parser)
    add_json(parser)


def _common(options):
    return {"coverage": options.coverage, "filter": options.filter}


def _analyze(options, request, stage):
    with memory_session(options) as (memory, progress), progress.call(stage), question():
        result = memory.analyze_json({name: value for name, value in request.items() if value is not None})
    if options.json:
        _write_json(result)
    answer = json.loads(result)
    note_ignored(answer["ignored"])
    return answer


def _write_json(result):
    sys.stdout.write(result.decode("utf-8") + "\n")


RECALL = Action("recall", "finds the episodes that are most like a situation, a vector, another episode, or words", _add_recall, _recall)
SKILLS = Action("skills", "tells which action worked in which situation, how often, and how sure that is", _add_skills, _skills)
EFFECT = Action("effect", "tells what an action changes against its absence in like situations", _add_effect, _effect)
