"""Runs one example the way a reader would: in a folder of its document, against the library that was built."""

import os
import pathlib
import re
import shutil
import subprocess

C_OPTIONS = ["-Wall", "-Wextra", "-Werror", "-pedantic"]
TIMEOUT_SECONDS = 300
DEFAULT_FILES = {"c": "program.c", "cpp": "program.cpp", "python": "program.py", "csharp": "Program.cs"}
PROJECT = """<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <AssemblyName>program</AssemblyName>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup><ProjectReference Include="{root}/src/RanCognition.Interop/RanCognition.Interop.csproj" /></ItemGroup>
</Project>
"""


class Wrong(Exception):
    """An example that does not do what it says; the message is what its reader would have seen."""


class Missing(Exception):
    """A program that the example needs is not here."""


class Runner:
    """Examples of one document after the other. Those of one document share a folder, where later ones find the files of earlier ones; it begins with links to what lies in the repository."""

    def __init__(self, root, work):
        self.root = pathlib.Path(root)
        self.work = pathlib.Path(work)
        self.library = self.root / "build" / "lib"
        self.folders = {}
        home = pathlib.Path(os.path.expanduser("~"))
        self.environment = dict(
            os.environ,
            HOME=str(self.work / "home"),
            DOTNET_CLI_HOME=os.environ.get("DOTNET_CLI_HOME", str(home)),
            NUGET_PACKAGES=os.environ.get("NUGET_PACKAGES", str(home / ".nuget" / "packages")),
            RANCOGNITION_LIBRARY=str(self.library),
            PYTHONPATH=str(self.root / "src" / "python"),
        )
        (self.work / "home").mkdir()

    def folder(self, block):
        if block.path not in self.folders:
            folder = self.work / f"document{len(self.folders)}"
            folder.mkdir()
            for entry in self.root.iterdir():
                if entry.name == "build.sh":  # it works where it lies
                    script = folder / entry.name
                    script.write_text(f'#!/bin/sh\nexec "{entry}" "$@"\n')
                    script.chmod(0o755)
                elif not entry.name.startswith("."):
                    (folder / entry.name).symlink_to(entry)
            self.folders[block.path] = folder
        return self.folders[block.path]

    def run(self, block):
        if block.needs and shutil.which(block.needs.split()[0]) is None:
            raise Missing(block.needs)
        folder = self.folder(block)
        if block.language == "console":
            self.transcript(block, folder)
            return
        command = getattr(self, block.language)(block, folder)
        if command and not block.compiled_only:
            compare(block.output, self.call(command, folder, block.exit_code))

    def call(self, command, folder, exit_code=0):
        """Output of a command, whose exit code is the one expected."""
        try:
            done = subprocess.run(command, cwd=folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  timeout=TIMEOUT_SECONDS, text=True, errors="replace", check=False)
        except FileNotFoundError as error:
            raise Missing(f"{command[0]} (not found)") from error
        except subprocess.TimeoutExpired as error:
            raise Wrong(f"does not end within {TIMEOUT_SECONDS} s") from error
        if done.returncode != exit_code:
            raise Wrong(f"exit code {done.returncode} instead of {exit_code}\n{done.stdout}")
        return done.stdout

    def save(self, block, folder):
        path = folder / (block.file or DEFAULT_FILES[block.language])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        return path

    def compile(self, compiler, block, folder):
        source = self.save(block, folder)
        target = source.with_suffix(".so" if "rancog_plugin_init" in block.text else "")
        shared = ["-shared", "-fPIC"] if target.suffix == ".so" else []
        if target.suffix != ".so" and not re.search(r"\bmain\s*\(", block.text):
            raise Wrong("has no main: say what it is, a fragment for instance: <!-- example: not run: a fragment -->")
        self.call([*compiler, *C_OPTIONS, f"-I{self.root}/include", *shared, str(source), f"-L{self.library}", f"-Wl,-rpath,{self.library}",
                   "-lrancognition", "-lm", "-pthread", "-o", str(target)], folder)
        return None if shared else [str(target)]

    def c(self, block, folder):
        return self.compile(["gcc", "-std=c99", "-D_POSIX_C_SOURCE=200809L"], block, folder)

    def cpp(self, block, folder):
        return self.compile(["g++", "-std=c++17"], block, folder)

    def python(self, block, folder):
        return ["python3", str(self.save(block, folder))]

    def csharp(self, block, folder):
        source = self.save(block, folder)
        if re.search(r"^#:", block.text, re.MULTILINE):  # a file that says itself what it needs
            return ["dotnet", "run", str(source)]
        project = self.work / "csharp"
        is_first = not (project / "out" / "program.dll").exists()  # which builds the binding for all of them
        project.mkdir(exist_ok=True)
        (project / "program.csproj").write_text(PROJECT.format(root=self.root), encoding="utf-8")
        shutil.copy(source, project / "Program.cs")
        self.call(["dotnet", "build", str(project), *([] if is_first else ["--no-restore", "--no-dependencies"]), "-c", "Release", "--nologo", "-v", "quiet", "-o", str(project / "out")], folder)
        return [str(project / "out" / "program")]

    def sh(self, block, folder):
        return ["bash", "-euo", "pipefail", "-c", block.text]

    def transcript(self, block, folder):
        """A session: commands after "$ ", and what each prints."""
        steps = commands(block)
        mark = "\x1eend of command"
        script = "".join(f'{command}\nprintf "%s %d\\n" "{mark}" $?\n' for command, _, _ in steps)
        printed = re.split(re.escape(mark) + r" (\d+)\n", self.call(["bash", "-c", script], folder))
        for number, (command, expected, line) in enumerate(steps):
            if 2 * number + 1 >= len(printed):
                raise Wrong(f"$ {command}\nended the session\n{printed[-1]}")
            output, code = printed[2 * number], int(printed[2 * number + 1])
            wanted = block.exit_code if number == len(steps) - 1 else 0
            if code != wanted:
                raise Wrong(f"line {line}: $ {command}\nexit code {code} instead of {wanted}\n{output}")
            try:
                compare(expected, output)
            except Wrong as error:
                raise Wrong(f"line {line}: $ {command}\n{error}") from error


def commands(block):
    """(command, output, line) of a console block. A command goes on in lines that begin with "> ", or after a backslash."""
    steps = []
    for line, text in enumerate(block.text.splitlines(), block.line):
        if text.startswith("$ "):
            steps.append([text[2:], "", line])
        elif not steps:
            raise Wrong("a console block begins with \"$ command\"")
        elif steps[-1][1] == "" and (text.startswith("> ") or steps[-1][0].endswith("\\")):
            steps[-1][0] += "\n" + text.removeprefix("> ")
        else:
            steps[-1][1] += text + "\n"
    return steps


def compare(expected, printed):
    """Output as it must be, where "..." stands for anything; None means that nobody cares."""
    if expected is None:
        return
    pieces = [re.escape(piece) for piece in tidy(expected).split("...")]
    if re.fullmatch(".*?".join(pieces), tidy(printed), re.DOTALL) is None:
        raise Wrong(f"prints\n{tidy(printed)}\ninstead of\n{tidy(expected)}")


def tidy(text):
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
