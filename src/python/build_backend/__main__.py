"""python3 -m build_backend DIR: writes the wheel into a folder and prints its path."""

import pathlib
import sys

from .wheel import BuildError, write_wheel

if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python3 -m build_backend DIR [FOLDER-OF-THE-LIBRARY]")
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    try:
        print(folder / write_wheel(folder, *sys.argv[2:]))
    except BuildError as error:
        sys.exit(f"wheel: {error}")
