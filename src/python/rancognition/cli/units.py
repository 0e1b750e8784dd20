"""Units in headers: "PRB use [%]", "throughput (Mbit/s)", "delay_ms"."""

import re
from collections import Counter

_KNOWN = re.compile(
    r"%|pct|percent|per cent|‰|ppm|[kMGT]?i?(?:bit|bits|B|byte|bytes|b)(?:/s|ps)?|[kMGT]bps|bps|[nuµm]?s|sec|seconds?|min|minutes?|h|hours?|d|days?|"
    r"[kMG]?Hz|dB[mi]?|dBW|[mk]?W|[kM]?Wh|[kM]?J|[mc]?m|km|°|deg|degrees?|°C|[m]?V|[m]?A|#|count|users?|UEs?|Erl|erlang|PRBs?|per s|1/s|1/h|km/h|m/s|"
    r"[a-zA-Z]+/(?:s|h|min|km2|m2|Hz)", re.IGNORECASE)
_BRACKETED = re.compile(r"(.*\S)\s*(?:\[([^\[\]]*)\]|\(([^()]*)\))")
_SUFFIXES = {
    "pct": "%", "percent": "%", "ms": "ms", "us": "us", "ns": "ns", "s": "s", "sec": "s", "bps": "bit/s", "kbps": "kbit/s", "mbps": "Mbit/s", "gbps": "Gbit/s",
    "dbm": "dBm", "db": "dB", "hz": "Hz", "khz": "kHz", "mhz": "MHz", "ghz": "GHz", "kwh": "kWh", "wh": "Wh", "kw": "kW", "bytes": "B", "kb": "kB", "mb": "MB", "gb": "GB",
}


def split_unit(header):
    """(name, unit): the header without its unit, and the unit or None."""
    header = header.strip()
    bracketed = _BRACKETED.fullmatch(header)
    if bracketed:
        unit = (bracketed.group(2) if bracketed.group(2) is not None else bracketed.group(3)).strip()
        if _KNOWN.fullmatch(unit):
            return bracketed.group(1), unit
        return header, None
    name, _, suffix = header.rpartition("_")
    unit = _SUFFIXES.get(suffix.lower())
    return (name, unit) if name and unit else (header, None)


def named_columns(headers):
    """[(metric name, unit)] of each header; a name that two headers would share keeps its unit, and equal headers get a number."""
    split = [split_unit(header) for header in headers]
    owners = Counter(name for name, _ in split)
    numbers, taken, result = Counter(), set(), []
    for header, (name, unit) in zip(headers, split):
        name = unique = header.strip() if owners[name] > 1 else name
        while unique in taken:
            numbers[name] += 1
            unique = f"{name}#{numbers[name] + 1}"
        taken.add(unique)
        result.append((unique, unit))
    return result
