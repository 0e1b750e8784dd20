# Builds the program that says which SQLite a library takes, twice: alone, and linked to a stand-in for another SQLite, whose functions end the program.
# To be read by scripts of tests: own_sqlite_in WORK-FOLDER LIBRARY EXPECTED-FILE is true when both find the one that belongs to the library.
own_sqlite_sources=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

own_sqlite_in() { # own_sqlite_in WORK-FOLDER LIBRARY EXPECTED-FILE
  local at=$1/own_sqlite.d flags="-std=c99 -Wall -Wextra -Werror -pedantic"
  if [ ! -x "$at/linked_to_another" ]; then
    mkdir -p "$at"
    gcc $flags "$own_sqlite_sources/own_sqlite.c" -o "$at/alone" -ldl && gcc $flags -shared -fPIC "$own_sqlite_sources/other_sqlite.c" -o "$at/libother.so" &&
      gcc $flags "$own_sqlite_sources/own_sqlite.c" -o "$at/linked_to_another" -Wl,--no-as-needed -L"$at" -lother -Wl,-rpath,"$at" -ldl || return 1
  fi
  "$at/alone" "$2" "$3" && "$at/linked_to_another" "$2" "$3"
}
