"""Names that somebody may have meant."""

import difflib


def near_names(name, known):
    """"did you mean A, B?" of the known names that look like this one, else the first of them."""
    by_key = {one.lower(): one for one in known}
    near = [by_key[key] for key in difflib.get_close_matches(name.lower(), list(by_key), n=3, cutoff=0.5)]
    near += [one for one in known if name.lower() in one.lower() and one not in near][:3]
    if near:
        return f"did you mean {', '.join(near[:3])}?"
    more = ", .." if len(known) > 8 else ""
    return f"there are {', '.join(list(known)[:8])}{more}"
