#!/usr/bin/env python3
"""Doxygen's input filter for the headers: writes out, for Doxygen alone, what a reader of the plain text sees anyway.

- a name of the interface in a comment is a reference to it (in C, Doxygen finds only those that are followed by "()")
- the list CHAPTERS of the manual refers to the chapters
- "See name." as all of a comment is the text of that function
- a "<" is a "<", not the beginning of a tag
- an inline namespace, of which only the linker sees the name, is not there

usage: doxygen_filter.py HEADER
"""

import pathlib
import re
import sys

NAME = re.compile(r'(?<![\w#:.@\\/"-])(rancog_[a-z0-9_]*[a-z0-9]|RANCOG_[A-Z0-9_]*[A-Z0-9])\b(?!\.h)')
DECLARED = [
    re.compile(r"\b(rancog_\w+)\((?!\*)"),  # functions
    re.compile(r"\(\*(rancog_\w+)\)\("),  # callbacks
    re.compile(r"^typedef struct (rancog_\w+)", re.MULTILINE),
    re.compile(r"^#define (RANCOG_\w+) ", re.MULTILINE),
]


def declared_names(header):
    """Names that rancognition.h declares outside its comments."""
    code = re.sub(r"/\*.*?\*/", "", header, flags=re.DOTALL)
    return {name for pattern in DECLARED for name in pattern.findall(code)} - {"RANCOG_API"}


def chapters(header):
    """Title of each chapter with the name of its group."""
    return {title: name for name, title in re.findall(r"@defgroup (\w+) (.+)", header)}


def refer(line, names, groups):
    """One line of a comment, outside blocks of code."""
    line = line.replace("<", r"\<").replace(r"\<!--", "<!--")
    line = NAME.sub(lambda match: "::" + match[1] if match[1] in names else match[1], line)
    item = re.match(r"( \* - )([^:]+)(:.*)", line, re.DOTALL)
    if item and item[2] in groups:
        line = f'{item[1]}@ref {groups[item[2]]} "{item[2]}"{item[3]}'
    return line


def filtered(text, names, groups):
    lines = []
    comment = code = False
    for line in text.splitlines(keepends=True):
        comment = comment or line.lstrip().startswith(("/**", "///"))
        if comment and re.match(r"\s*(\*|///)?\s*(```|~~~|@code|@endcode)", line):
            code = not code
        elif comment and not code:
            line = re.sub(r"^/\*\* See (\w+)\. \*/$", r"/** @copydoc \1 */", line)
            if "@copydoc" not in line and "@defgroup" not in line:
                line = refer(line, names, groups)
        elif "///<" in line:
            member, mark, said = line.partition("///<")
            line = member + mark + refer(said, names, groups)
        elif re.match(r"inline namespace \w+ {$|} // inline namespace$", line):
            line = "\n"
        lines.append(line)
        comment = comment and "*/" not in line and not line.lstrip().startswith("///")
    return "".join(lines)


def main():
    path = pathlib.Path(sys.argv[1])
    manual = (path.parent / "rancognition.h").read_text(encoding="utf-8")
    sys.stdout.write(filtered(path.read_text(encoding="utf-8"), declared_names(manual), chapters(manual)))


if __name__ == "__main__":
    main()
