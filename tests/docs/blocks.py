"""Finds the examples of a document: fenced blocks in Markdown, and in the comments of C and C++ headers.

A block of code has a language tag: c, cpp, python, csharp, sh, console, or text for what nobody runs. HTML comments right before it
say what is special about it; they are seen in the source only:

    <!-- example: not run: REASON -->         a fragment, or too long, or in need of what is not here
    <!-- example: compiled only: REASON -->   never ends by itself, for instance
    <!-- example: file NAME -->               name under which later blocks of the document find it
    <!-- example: needs PROGRAM (Debian package NAME) -->   skipped where the program is missing
    <!-- example: exit code N -->             ends with this code

What it must print: the block tagged output, or text, that follows with nothing but blank lines between (output may follow any text);
in C and C++ also lines of comment at its end, after "// Prints:"; in console blocks the lines after each "$ command".
"..." there stands for anything, blanks at the ends of lines count for nothing.
"""

import dataclasses
import pathlib
import re

CODE = {"c", "cpp", "python", "csharp", "sh", "console"}
ALIASES = {"c++": "cpp", "cc": "cpp", "py": "python", "cs": "csharp", "bash": "sh", "shell": "sh"}
PLAIN = {"text", "output", "json", "xml", "cmake", "toml", "ini"}
OPTION = re.compile(r"<!-- example: (.*?) -->")


class BadBlock(Exception):
    """A block that cannot be understood; the message says where."""


@dataclasses.dataclass
class Block:
    """One example. line is that of its first line of text."""

    path: str
    line: int
    language: str
    text: str
    output: "str | None" = None
    not_run: str = ""
    compiled_only: str = ""
    file: str = ""
    needs: str = ""
    exit_code: int = 0

    @property
    def where(self):
        return f"{self.path}:{self.line}"


def read(path, name):
    """The examples of one file; name is what messages call it."""
    text = path.read_text(encoding="utf-8")
    return from_text(text, name, header=path.suffix in (".h", ".hpp"))


def from_text(text, name, header=False):
    lines = comment_lines(text) if header else list(enumerate(text.splitlines(), 1))
    blocks = []
    options = []
    since_block = None  # text between the last block and here: None before the first one
    index = 0
    while index < len(lines):
        number, line = lines[index]
        index += 1
        fence = re.match(r"(`{3,}|~{3,})\s*\{?\.?([\w+]*)\}?\s*$", line.strip()) or re.match(r"(@code)(?:\{\.(\w+)\})?\s*$", line.strip())
        if fence is None:
            if re.match(r"#{1,6} |@defgroup ", line):
                since_block = None
            options += OPTION.findall(line)
            if line.strip() and not OPTION.search(line):
                options = []
                since_block = "text" if since_block is not None else None
            continue
        body = []
        closing = "@endcode" if fence[1] == "@code" else fence[1]
        while index < len(lines) and not lines[index][1].strip() == closing:
            body.append(lines[index][1])
            index += 1
        if index == len(lines):
            raise BadBlock(f"{name}:{number}: the block does not end")
        index += 1
        language = ALIASES.get((fence[2] or "").lower(), (fence[2] or "").lower()) or ("cpp" if name.endswith(".hpp") else "c" if fence[1] == "@code" else "")
        body = "".join(row + "\n" for row in unindented(body))
        if language == "output" or (language == "text" and since_block == ""):
            if not blocks or since_block is None or blocks[-1].output is not None:
                raise BadBlock(f"{name}:{number}: output of no example, or of one that has its output already")
            blocks[-1].output = body
            since_block = None
        elif language in CODE:
            blocks.append(with_options(Block(name, number + 1, language, body), options))
            since_block = ""
        elif language in PLAIN:
            since_block = None
        else:
            raise BadBlock(f"{name}:{number}: a block needs a language tag, one of {', '.join(sorted(CODE | PLAIN))}; found {language or 'none'}")
        options = []
    return blocks


def with_options(block, options):
    for option in options:
        known = re.fullmatch(r"(not run|compiled only): (.+)|(file|needs) (.+)|exit code (\d+)", option)
        if known is None:
            raise BadBlock(f"{block.where}: not understood: example: {option}")
        if known[1] == "not run":
            block.not_run = known[2]
        elif known[1]:
            block.compiled_only = known[2]
        elif known[3] == "file":
            block.file = known[4]
        elif known[3]:
            block.needs = known[4]
        else:
            block.exit_code = int(known[5])
    if block.language in ("c", "cpp"):
        prints = re.search(r"^// Prints:\n((?:// ?.*\n)+)\Z", block.text, re.MULTILINE)
        if prints:
            block.output = re.sub(r"^// ?", "", prints[1], flags=re.MULTILINE)
        named = re.match(r"// ([\w.-]+\.(?:c|cpp))\b", block.text)
        if named and not block.file:
            block.file = named[1]
    return block


def comment_lines(text):
    """Number and text of the lines of a header's comments, without their decoration."""
    lines = []
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not inside and stripped.startswith("///"):
            lines.append((number, re.sub(r"^\s*///<? ?", "", line)))
            continue
        if not inside and stripped.startswith("/*"):
            inside = True
            line = re.sub(r"^\s*/\*+ ?", "", line)
        elif inside:
            line = re.sub(r"^\s*\*(?!/) ?", "", line)
        if inside:
            lines.append((number, line.split("*/")[0]))
            inside = "*/" not in line
    return lines


def unindented(lines):
    indent = min((len(row) - len(row.lstrip(" ")) for row in lines if row.strip()), default=0)
    return [row[indent:] for row in lines]


def links(path):
    """Files of the repository that a text names: (line, target). Targets of links, and paths in `code` or comments that begin with a folder of sources."""
    found = []
    fenced = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if re.match(r"\s*(\*\s*)?(```|~~~)", line):
            fenced = not fenced
        if fenced:
            continue
        if path.suffix == ".md":
            found += [(number, match) for match in re.findall(r"\]\(([^)\s]+)\)", line) if not re.match(r"[a-z]+:", match)]
        found += [(number, match) for match in re.findall(r"(?<![\w/.-])((?:src/(?=RanCognition|python)|include/|native-tests/|tests/)[\w./-]*\w)", line)]
    return found


def anchors(path):
    """The anchors that a Markdown file's headings give, as the usual viewers make them."""
    headings = re.findall(r"^#{1,6} +(.*?)\s*$", pathlib.Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
