"""Commands of control functions, and groups of parameters, in the forms that they come in."""

from .errors import DataError
from .json_input import JsonDocument, read_items

_MEMBERS = ("commands", "loops")


def read_request(path):
    """The request as a document: of an array or of lines the one that has them as its commands."""
    name, value, lines = read_items(path, "commands")
    if isinstance(value, list):
        return JsonDocument(name, {"commands": value}, lines)
    if "targetParameter" in value:
        return JsonDocument(name, {"commands": [value]})
    if all(value.get(member) is None for member in _MEMBERS):
        raise DataError(f"{name}: has neither {' nor '.join(_MEMBERS)}")
    return JsonDocument(name, value)


def read_groups(path):
    """The groups: an array, lines, or the member groups of an object."""
    name, value, _ = read_items(path, "groups")
    if isinstance(value, list):
        return value
    if "groupName" in value:
        return [value]
    if not isinstance(value.get("groups"), list):
        raise DataError(f"{name}: has no groups")
    return value["groups"]
