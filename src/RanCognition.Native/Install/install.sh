# Installs below a prefix and takes away again exactly that. Read by build.sh.
# The list of what was installed lies in PREFIX/share/rancognition/install_manifest.txt: paths below the prefix, and with a slash at the end the folders that were
# made for them ("./" is the prefix itself).
MANIFEST=share/rancognition/install_manifest.txt

absolute() { case "$1" in /*) echo "$1" ;; *) echo "$CALLED_FROM/$1" ;; esac; }

# A folder below the prefix: it is written into files that find the prefix from where they lie.
below_prefix() { # below_prefix OPTION FOLDER
  case "/$2/" in
    // | //* | */../* | */./* | *[!A-Za-z0-9._+/-]*) die "install: $1 takes a folder below the prefix, like lib64 or lib/x86_64-linux-gnu; it was '$2'" ;;
  esac
  sed 's:///*:/:g; s:/$::' <<<"$2"
}

# Paths of a manifest; it is refused when one leads out of the prefix.
listed() { # listed VERB TARGET
  local paths
  paths=$(sed '/^#/d; /^$/d' "$2/$MANIFEST")
  if grep -qE '^/|(^|/)\.\.(/|$)' <<<"$paths"; then die "$1: $2/$MANIFEST names paths outside of $2: nothing was changed"; fi
  printf '%s\n' "$paths"
}

# The versions before 0.4 kept no list; this is what they left that a later version would not write over.
left_by_old_versions() { # left_by_old_versions TARGET
  [ -f "$1/lib/cmake/rancognition/rancognition-config.cmake" ] || return 0
  (cd "$1" && find lib -maxdepth 3 -name 'librancognition.so.0.[123].0' && find lib/cmake/rancognition -name 'rancognition-config*.cmake')
  echo lib/cmake/rancognition/
}

nearest_folder() { # nearest_folder PATH: the first one upwards that is there
  local path=$1
  until [ -e "$path" ]; do path=$(dirname "$path"); done
  echo "$path"
}

# Every folder can be written and nothing stands in the way, before anything is changed.
can_be_changed() { # can_be_changed VERB TARGET: paths from stdin
  local path folder
  while read -r path; do
    folder=$(nearest_folder "$(dirname "$2/$path")")
    [ -d "$folder" ] || die "$1: $folder is not a folder: nothing was changed"
    [ -w "$folder" ] || die "$1: cannot write in $folder: nothing was changed"
    if [ -d "$2/$path" ] && [ ! -L "$2/$path" ]; then die "$1: $2/$path is a folder, not a file: nothing was changed"; fi
  done
}

# Takes away files, then those folders that are empty now.
take_away() { # take_away TARGET: manifest paths from stdin
  local path
  local -a folders=()
  while read -r path; do
    case "$path" in
      "") ;;
      */) folders+=("$path") ;;
      *) rm -f "$1/$path" ;;
    esac
  done
  [ ${#folders[@]} = 0 ] || printf '%s\n' "${folders[@]}" | LC_ALL=C sort -r | while read -r path; do
    [ "$path" != ./ ] || path=
    [ ! -d "$1/$path" ] || rmdir --ignore-fail-on-non-empty "$1/$path"
  done
}

install_files() {
  local prefix=/usr/local libdir=lib includedir=include
  while [ $# -gt 0 ]; do
    case "$1" in
      --prefix | --libdir | --includedir) [ -n "${2:-}" ] || die "install: $1 needs a folder" ;;
    esac
    case "$1" in
      --prefix) prefix=$2; shift 2 ;;
      --libdir) libdir=$(below_prefix "$1" "$2"); shift 2 ;;
      --includedir) includedir=$(below_prefix "$1" "$2"); shift 2 ;;
      *) die "install: unknown option $1" ;;
    esac
  done
  need_tools
  build_library
  local target
  target=$(absolute "$prefix")
  [ -z "${DESTDIR:-}" ] || target=$(absolute "$DESTDIR")$target
  put_in_place "$target" "$libdir" "$includedir"
  say "Installed RanCognition $VERSION in $target; ./build.sh uninstall --prefix removes it"
  [ -n "${DESTDIR:-}" ] || tell_the_loader "$prefix" "$libdir"
}

# Made ready in a folder beside the target, then moved: a file is there as a whole or not at all, programs that run keep the library that they loaded.
put_in_place() { # put_in_place TARGET LIBDIR INCLUDEDIR
  local target=$1 near stage files folders old path
  near=$(nearest_folder "$target")
  [ -d "$near" ] || die "install: $near is not a folder: nothing was changed"
  stage=$(mktemp -d "$near/.rancognition.XXXXXX" 2>/dev/null) || die "install: cannot write in $near: nothing was changed"
  trap 'rm -rf -- "'"$(printf %q "$stage")"'"' EXIT
  trap 'exit 130' INT TERM
  stage_tree "$stage" "$2" "$3"
  install -d -m 755 "$stage/$(dirname $MANIFEST)"
  touch "$stage/$MANIFEST"
  # Links come last: they never point at what is not there yet.
  files=$(cd "$stage" && { find . -type f | LC_ALL=C sort; find . -type l | LC_ALL=C sort; } | sed 's:^\./::')
  folders=$(cd "$stage" && find . -type d | LC_ALL=C sort | sed 's:$:/:; s:^\./\(.\):\1:')
  can_be_changed install "$target" <<<"$files"
  old=$(if [ -f "$target/$MANIFEST" ]; then listed install "$target"; else left_by_old_versions "$target"; fi)
  folders=$(own_folders "$target" "$folders" "$old")
  while read -r path; do [ -d "$target/$path" ] || install -d -m 755 "$target/$path"; done < <(cd "$stage" && find . -type d)
  # Until all is in place the list has the old files too: what was begun can be taken away.
  write_manifest "$files" "$folders" "$old" >"$stage/$MANIFEST"
  chmod 644 "$stage/$MANIFEST"
  mv -fT "$stage/$MANIFEST" "$target/$MANIFEST"
  while read -r path; do
    [ "$path" = $MANIFEST ] || mv -fT "$stage/$path" "$target/$path" || die "install: $target/$path could not be written; ./build.sh uninstall takes away what was installed"
  done <<<"$files"
  LC_ALL=C comm -13 <(printf '%s\n' "$files" "$folders" | LC_ALL=C sort -u) <(LC_ALL=C sort -u <<<"$old") | take_away "$target"
  write_manifest "$files" "$folders" "" >"$stage/manifest"
  chmod 644 "$stage/manifest"
  mv -fT "$stage/manifest" "$target/$MANIFEST"
  rm -rf "$stage"
  trap - EXIT INT TERM
}

# Those of our folders that are not there yet, and those that an earlier installation made.
own_folders() { # own_folders TARGET FOLDERS OLD
  local path
  while read -r path; do
    if [ ! -d "$1/$path" ] || grep -qxF "$path" <<<"$3"; then printf '%s\n' "$path"; fi
  done <<<"$2"
}

write_manifest() { # write_manifest FILES FOLDERS OLD
  echo "# RanCognition $VERSION: what was installed here, paths below the prefix"
  printf '%s\n' "$1" "$2" "$3" | sed '/^$/d' | LC_ALL=C sort -u
}

tell_the_loader() { # tell_the_loader PREFIX LIBDIR
  case "$1" in
    /usr | /usr/local | /usr/ | /usr/local/) say "Programs find it after: ldconfig" ;;
    *) say "Programs find it by their RUNPATH (-Wl,-rpath,FOLDER; CMake sets it), or by LD_LIBRARY_PATH=$1/$2" ;;
  esac
}

uninstall_files() {
  local prefix=/usr/local target paths
  while [ $# -gt 0 ]; do
    case "$1" in
      --prefix) [ -n "${2:-}" ] || die "uninstall: --prefix needs a folder"; prefix=$2; shift 2 ;;
      *) die "uninstall: unknown option $1" ;;
    esac
  done
  target=$(absolute "$prefix")
  [ -z "${DESTDIR:-}" ] || target=$(absolute "$DESTDIR")$target
  [ -f "$target/$MANIFEST" ] || die "uninstall: there is no $target/$MANIFEST: RanCognition was not installed there by ./build.sh install"
  paths=$(listed uninstall "$target")
  grep -v '/$' <<<"$paths" | can_be_changed uninstall "$target"
  take_away "$target" <<<"$paths"
  say "Removed RanCognition from $target"
}
