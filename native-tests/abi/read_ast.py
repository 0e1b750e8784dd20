#!/usr/bin/env python3
"""Compares what Clang and the linker see with tests/golden/abi.txt, which the generator made from the exports.

usage: read_ast.py header  GOLDEN HEADER CLANG   functions, callbacks, struct layouts and constants of the header
       read_ast.py phase4  GOLDEN HEADER CLANG   inline wrappers: same parameters and result as the function they call
       read_ast.py symbols GOLDEN LIBRARY        dynamic symbols of the built library
Exit code 0 when they are equal; otherwise every difference is printed.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

# What the NativeAOT compiler exports from every library, for debuggers.
RUNTIME_SYMBOLS = {"DotNetRuntimeDebugHeader"}


def normal(declaration):
    """One spelling for a type: no blank beside a star, a bracket or a comma."""
    return re.sub(r"\s*([*(),])\s*", r"\1", " ".join(declaration.split()))


def split_list(text):
    """Splits at commas outside parentheses."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if c == "," and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return [part.strip() for part in parts + [text[start:]] if part.strip()]


def split_parameter(text):
    """'const double *values' -> ('const double *', 'values')."""
    match = re.match(r"(.*?[\s*])(\w+)$", text)
    return match.group(1).strip(), match.group(2)


class Golden:
    def __init__(self, path):
        self.functions, self.structs, self.constants, self.handles, self.callbacks, self.phase4 = {}, {}, {}, set(), {}, {}
        with open(path, encoding="utf-8") as file:
            for line in file:
                line = line.rstrip("\n")
                kind, _, rest = line.partition(" ")
                if kind == "function":
                    match = re.match(r"(\w+) (.*?) \((.*)\)$", rest)
                    parameters = [] if match.group(3) == "void" else [split_parameter(p) for p in split_list(match.group(3))]
                    self.functions[match.group(1)] = (normal(match.group(2)), [(normal(t), n) for t, n in parameters])
                elif kind == "constant":
                    name, value = rest.split()
                    self.constants[name] = int(value)
                elif kind == "phase4":
                    wrapper, target = rest.split()
                    self.phase4[wrapper] = target
                elif kind == "handle":
                    self.handles.add(rest)
                elif kind == "callback":
                    match = re.match(r"(\w+) (.*?) \((.*)\)$", rest)
                    self.callbacks[match.group(1)] = callback_type(match.group(2), match.group(3))
                elif kind == "struct":
                    name, second, rest = rest.split(" ", 2)
                    layout = self.structs.setdefault(name, {"fields": []})
                    if second == "size":
                        layout["size"], layout["align"] = int(rest.split()[0]), int(rest.split()[2])
                    else:
                        layout["fields"].append((int(second[1:]), *field(rest.split(" ", 2)[2])))


def callback_type(result, parameters):
    types = [] if parameters == "void" else [split_parameter(p)[0] for p in split_list(parameters)]
    return normal(f"{result} (*)({', '.join(types) or 'void'})")


def field(declaration):
    """('type', 'name') of a struct's field, arrays as 'type[n]'."""
    match = re.match(r"(.*)\(\*(\w+)\)\((.*)\)$", declaration)
    if match:
        return callback_type(match.group(1).strip(), match.group(3)), match.group(2)
    match = re.match(r"(.*?[\s*])(\w+)(\[\d+\])?$", declaration)
    return normal(match.group(1)) + (match.group(3) or ""), match.group(2)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def tree(clang, header):
    return json.loads(run(clang, "-x", "c", "-std=c11", "-fsyntax-only", "-Xclang", "-ast-dump=json", header))["inner"]


def declared_functions(nodes, inline):
    """Functions of the header itself: name -> (result, [(type, name)])."""
    found = {}
    for node in nodes:
        if node["kind"] != "FunctionDecl" or (node.get("storageClass") == "static") != inline or node.get("isImplicit"):
            continue
        parameters = [(normal(p["type"]["qualType"]), p.get("name", "")) for p in node.get("inner", []) if p["kind"] == "ParmVarDecl"]
        result = node["type"]["qualType"].split("(", 1)[0]
        found[node["name"]] = (normal(result), parameters, node)
    return found


class Comparison:
    def __init__(self):
        self.differences = 0
        self.compared = 0

    def equal(self, what, header, exports):
        self.compared += 1
        if header != exports:
            self.differences += 1
            print(f"{what}\n  header:  {header}\n  exports: {exports}")

    def finish(self, words):
        print(f"note: {self.compared} compared: {words}")
        sys.exit(1 if self.differences else 0)


def record_layouts(clang, header, names):
    """Clang lays out the records that are used, so a file uses each: name -> {size, align, fields{name: (offset, type)}}."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "use.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write(f'#include "{os.path.abspath(header)}"\n')
            for name in sorted(names):
                file.write(f"size_t size_of_{name} = sizeof({name});\n")
        dump = run(clang, "-std=c11", "-fsyntax-only", "-Xclang", "-fdump-record-layouts", source)
    layouts = {}
    for block in dump.split("*** Dumping AST Record Layout")[1:]:
        rows = block.splitlines()
        head = next(i for i, row in enumerate(rows) if re.match(r"\s*0 \| ", row))
        name = rows[head].split("|", 1)[1].split()[-1]
        entry = {"fields": []}
        for row in rows[head + 1:]:
            size = re.search(r"\[sizeof=(\d+), align=(\d+)\]", row)
            if size:
                entry["size"], entry["align"] = int(size.group(1)), int(size.group(2))
                break
            match = re.match(r"\s*(\d+) \|   (\S.*)$", row)
            if match:
                text = match.group(2)
                type_text, _, field_name = text.rpartition(" ")
                entry["fields"].append((int(match.group(1)), normal(type_text), field_name))
        layouts[name] = entry
    return layouts


def constants(clang, header):
    """RANCOG_ macros that are numbers."""
    found = {}
    for line in run(clang, "-x", "c", "-E", "-dM", header).splitlines():
        match = re.match(r"#define (RANCOG_\w+) \(?(-?\d+)\)?$", line)
        if match:
            found[match.group(1)] = int(match.group(2))
    return found


def check_header(golden_path, header, clang):
    golden, compare = Golden(golden_path), Comparison()
    nodes = tree(clang, header)
    functions = {name: value[:2] for name, value in declared_functions(nodes, inline=False).items()}
    compare.equal("functions", sorted(functions), sorted(golden.functions))
    for name in functions.keys() & golden.functions.keys():
        compare.equal(name, functions[name], golden.functions[name])

    typedefs = {n["name"]: n for n in nodes if n["kind"] == "TypedefDecl" and n["name"].startswith("rancog_")}
    complete = {n["name"] for n in nodes if n["kind"] == "RecordDecl" and n.get("completeDefinition") and n.get("name", "").startswith("rancog_")}
    compare.equal("types", sorted(typedefs), sorted(golden.handles | golden.callbacks.keys() | golden.structs.keys()))
    compare.equal("structs with fields", sorted(complete), sorted(golden.structs))
    for name in golden.callbacks.keys() & typedefs.keys():
        compare.equal(name, normal(typedefs[name]["type"]["qualType"]), golden.callbacks[name])

    layouts = record_layouts(clang, header, golden.structs)
    for name, expected in golden.structs.items():
        seen = layouts.get(name, {})
        compare.equal(f"{name} size and alignment", (seen.get("size"), seen.get("align")), (expected["size"], expected["align"]))
        compare.equal(f"{name} fields", seen.get("fields"), expected["fields"])

    # The library's own version may move without the ABI.
    seen = {n: v for n, v in constants(clang, header).items() if not n.startswith("RANCOG_VERSION_")}
    compare.equal("constants", dict(sorted(seen.items())), dict(sorted(golden.constants.items())))
    compare.finish(f"{len(functions)} functions, {len(golden.structs)} structs, {len(seen)} constants")


def called_function(node):
    """Name of the function that a wrapper calls."""
    if node.get("kind") == "DeclRefExpr" and node["referencedDecl"]["kind"] == "FunctionDecl":
        return node["referencedDecl"]["name"]
    return next(filter(None, (called_function(child) for child in node.get("inner", []))), None)


def check_phase4(golden_path, header, clang):
    golden, compare = Golden(golden_path), Comparison()
    wrappers = declared_functions(tree(clang, header), inline=True)
    for name, (result, parameters, node) in wrappers.items():
        target = called_function(node)
        expected = golden.functions.get(target, (None, []))
        # A constructor leaves host and options out.
        wanted = [p for p in expected[1] if not (name.endswith("_new") and (p[0] == "const rancog_host*" or p[1] in ("options", "options_len")))]
        compare.equal(f"{name} -> {target}", (result, parameters), (expected[0], wanted))
    calls = {name: called_function(node) for name, (_, _, node) in wrappers.items()}
    compare.equal("wrappers and what they call", dict(sorted(calls.items())), dict(sorted(golden.phase4.items())))
    compare.finish(f"{len(wrappers)} wrappers")


def check_symbols(golden_path, library):
    golden, compare = Golden(golden_path), Comparison()
    node = f"RANCOGNITION_{golden.constants['RANCOG_ABI_VERSION']}"
    exported, runtime = {}, set()
    for line in run("nm", "-D", "--defined-only", "--with-symbol-versions", library).splitlines():
        kind, name = line.split()[-2:]
        symbol, _, version = name.partition("@@")
        if symbol == node and kind == "A":
            continue  # the version node itself
        if symbol in RUNTIME_SYMBOLS:
            runtime.add(symbol)
            continue
        exported[symbol] = version
    compare.equal("exported symbols", sorted(exported), sorted(golden.functions))
    compare.equal("their version", sorted(set(exported.values())), [node])
    compare.finish(f"{len(exported)} functions of version {node}; besides them the runtime's own {', '.join(sorted(runtime)) or 'none'}")


if __name__ == "__main__":
    actions = {"header": (check_header, 5), "phase4": (check_phase4, 5), "symbols": (check_symbols, 4)}
    if len(sys.argv) < 2 or sys.argv[1] not in actions or len(sys.argv) != actions[sys.argv[1]][1]:
        sys.exit(__doc__)
    actions[sys.argv[1]][0](*sys.argv[2:])
