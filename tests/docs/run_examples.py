#!/usr/bin/env python3
"""Takes every example out of the documents, compiles and runs it against build/lib, and compares what it prints with what is said to be printed.

usage: tests/docs/run_examples.py [--keep] [DOCUMENT ...]
    DOCUMENT  only these; by default README.md, the README.md files below src and tests, and the headers
    --keep    leaves the folder in which they ran, and says where it is

One line an example; then one for each link or path that names what is not there. How examples are marked: tests/docs/blocks.py.
"""

import argparse
import pathlib
import shutil
import sys
import tempfile

import blocks
import runner

ROOT = pathlib.Path(__file__).resolve().parents[2]


def documents(root):
    found = [root / "README.md"]
    for folder in ("src", "tests", "native-tests"):
        found += sorted(path for path in (root / folder).rglob("README.md") if not {"bin", "obj"} & set(path.relative_to(root).parts))
    return found + sorted((root / "include").glob("*.h*"))


class Count:
    """What was found, line by line."""

    def __init__(self):
        self.passed = self.failed = self.not_run = 0

    def ok(self, text):
        self.passed += 1
        print(f"ok      {text}", flush=True)

    def bad(self, text, reason):
        self.failed += 1
        print(f"FAILED  {text}")
        print("        " + str(reason).rstrip().replace("\n", "\n        "), flush=True)


def run_document(path, name, running, count):
    try:
        examples = blocks.read(path, name)
    except blocks.BadBlock as error:
        count.bad(name, error)
        return
    for block in examples:
        title = f"{block.where} {block.language}"
        if block.not_run:
            count.not_run += 1
            print(f"not run {title}: {block.not_run}", flush=True)
            continue
        try:
            running.run(block)
            count.ok(title + (": compiled" if block.compiled_only else ": runs" if block.output is None and block.language != "console" else ": runs, and prints what it says"))
        except runner.Missing as missing:
            print(f"SKIPPED {title}: {missing}", flush=True)
        except runner.Wrong as error:
            count.bad(title, error)


def check_links(path, name, root, count):
    wrong = []
    for line, target in blocks.links(path):
        file, _, anchor = target.partition("#")
        base = path.parent if (path.parent / file).exists() else root
        there = base / file if file else path
        if not there.exists():
            wrong.append(f"{name}:{line}: {target} is not there")
        elif anchor and anchor not in blocks.anchors(there):
            wrong.append(f"{name}:{line}: {target}: no such heading")
    if wrong:
        count.bad(f"{name}: links and paths", "\n".join(wrong))
    else:
        count.ok(f"{name}: links and paths")


def main():
    arguments = argparse.ArgumentParser(usage=__doc__)
    arguments.add_argument("--keep", action="store_true")
    arguments.add_argument("documents", nargs="*", type=pathlib.Path)
    options = arguments.parse_args()
    if not (ROOT / "build" / "lib").is_dir():
        print("run_examples.py: build/lib is not there: ./build.sh build", file=sys.stderr)
        return 2
    count = Count()
    work = tempfile.mkdtemp(prefix="examples")
    try:
        running = runner.Runner(ROOT, work)
        for path in [path.resolve() for path in options.documents] or documents(ROOT):
            name = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
            run_document(path, name, running, count)
            check_links(path, name, ROOT, count)
    finally:
        if options.keep:
            print(f"kept in {work}")
        else:
            shutil.rmtree(work)
    print(f"{count.not_run} marked as not to be run")
    print(f"{count.passed} passed, {count.failed} failed")
    return 1 if count.failed else 0


if __name__ == "__main__":
    sys.exit(main())
