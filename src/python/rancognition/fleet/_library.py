"""The only place of this package that knows how the rest of the binding makes a call: texts in, texts out, nothing decoded."""

import json
import re

from .._errors import Forked, RanCognitionError
from .._temporal import Temporal
from .._text import text_of
from ._errors import FleetError

# The library's answer to an array of one problem: what stands before and behind the outcome. Behind it there are only numbers.
_BEFORE = b'{"results":['
_BEHIND = b'],"thread_count":'
_ONE = b'"total_problems":1,'
_TIMELINE = re.compile(rb'\{"Ok":\{"timeline_id":"([^"\\]*)"')
_FIRST = b'{"Err":"problems[0]'


def encode(problem):
    """JSON of a problem as bytes; text is taken as it is.."""
    return text_of(problem)


def outcome(core: Temporal, text: bytes, name: str, timeline_id: str) -> bytes:
    """Analyses one problem: the JSON {"Ok":{..}} or {"Err":".."} that a batch would have for it under the given name and id.

    It is analysed as a batch of its own: neither what fails nor a time budget (deadline_ns) can reach from one problem to another.
    """
    try:
        answer = core.parallel_temporal_analysis_json(b"[" + text + b"]", thread_count=1)
    except Forked as error:  # of this process, not of the problem
        raise FleetError(str(error)) from None
    except RanCognitionError as error:
        return _refused(core, text, name, error)
    end = answer.rindex(_BEHIND)
    if _ONE not in answer[end:]:  # an empty text, or two problems in one
        return _refused(core, text, name, None)
    found = answer[len(_BEFORE):end]
    if found.startswith(_FIRST):
        return b'{"Err":"' + name.encode("ascii") + found[len(_FIRST):]
    match = _TIMELINE.match(found)
    if match:
        return found[:match.start(1)] + timeline_id.encode("ascii") + found[match.end(1):]
    return found


def _refused(core, text, name, error):
    """Why a text is not a problem, in the words that the library has for it alone: its places count from the text's first byte."""
    try:
        core.expand_subjective_time(text)
    except RanCognitionError as own:
        error = own
    message = str(error) if error else "is not one problem"
    for argument in ("problems:", "problem:"):
        message = message.removeprefix(argument)
    return err(f"{name}: {message.lstrip()}")


def err(message: str) -> bytes:
    """The outcome of a problem that has no answer."""
    return json.dumps({"Err": message}, separators=(",", ":")).encode("ascii")
