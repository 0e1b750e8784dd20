# What is installed, as a tree below a prefix: `install`, `deb` and `dist` all take it from here. Read by build.sh.

# A template with this version and these folders filled in. UP is the way from the file's folder to the prefix: nothing names where it was installed.
fill() { # fill TEMPLATE FOLDER BELOW-PREFIX LIBDIR INCLUDEDIR
  local up
  up=$(sed 's:[^/][^/]*:..:g' <<<"$3")
  install -d -m 755 "$2/$3"
  sed -e "s/@VERSION@/$VERSION/g" -e "s/@ABI@/$ABI/g" -e "s:@UP@:$up:g" -e "s:@LIBDIR@:$4:g" -e "s:@INCLUDEDIR@:$5:g" "$1" >"$2/$3/$(basename "$1" .in)"
  chmod 644 "$2/$3/$(basename "$1" .in)"
}

# Licences and notices of all that is compiled in, and what a reader wants.
stage_documents() { # stage_documents FOLDER
  local level
  read -r level _ <build/publish/levels
  install -d -m 755 "$1"
  install -m 644 LICENSE README.md CHANGELOG.md "build/publish/$level/dotnet-LICENSE.txt" "build/publish/$level/dotnet-THIRD-PARTY-NOTICES.txt" \
    src/RanCognition.Core/Reporting/assets/uplot.LICENSE.txt src/RanCognition.Native/Install/databases-NOTICES.txt "$1/"
}

stage_tree() { # stage_tree FOLDER LIBDIR INCLUDEDIR: the library must be built
  local templates=src/RanCognition.Native/Install image
  while read -r image; do
    put_image "$1/$2/$(dirname "$image")" "$LIB_DIR/$image"
  done < <(cd "$LIB_DIR" && find . -name "librancognition.so.$VERSION" | sed 's:^\./::')
  install -d -m 755 "$1/$2/$(dirname $SQLITE)" "$1/$3"
  install -m 644 "$LIB_DIR/$SQLITE" "$1/$2/$SQLITE"
  find include -maxdepth 1 \( -name '*.h' -o -name '*.hpp' \) -exec install -m 644 -t "$1/$3" {} +
  fill $templates/rancognition.pc.in "$1" "$2/pkgconfig" "$2" "$3"
  fill $templates/RanCognitionConfig.cmake.in "$1" "$2/cmake/RanCognition" "$2" "$3"
  fill $templates/RanCognitionConfigVersion.cmake.in "$1" "$2/cmake/RanCognition" "$2" "$3"
  stage_documents "$1/share/doc/rancognition"
}

# The time stamp of everything in a package: SOURCE_DATE_EPOCH, else that of the version in debian/changelog. In seconds since 1970.
package_date() {
  local changelog=src/RanCognition.Native/Install/debian/changelog
  head -n 1 $changelog | grep -qF "($VERSION-" || die "$changelog has no entry for version $VERSION: write one"
  if [ -n "${SOURCE_DATE_EPOCH:-}" ]; then
    echo "$SOURCE_DATE_EPOCH"
  else
    date -d "$(sed -n 's/^ -- .*>  //p' $changelog | head -n 1)" +%s
  fi
}

# The same tree anywhere: tar of it, unpacked where it is wanted.
make_tarball() {
  [ $# = 0 ] || die "dist: unknown option $1"
  local name epoch folder
  epoch=$(package_date)
  need_tools
  build_library
  name=rancognition-$VERSION-linux-$(uname -m)
  folder=build/tarball/$name
  rm -rf build/tarball
  stage_tree "$folder" lib include
  mkdir -p build/dist
  tar -C build/tarball --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mtime="@$epoch" --mode=u=rwX,go=rX -cf - "$name" | gzip -n -9 >"build/dist/$name.tar.gz"
  rm -rf build/tarball
  say "build/dist/$name.tar.gz"
}
