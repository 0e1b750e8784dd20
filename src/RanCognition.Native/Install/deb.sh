# Debian packages without a Debian source package: librancognition@ABI@, librancognition-dev, python3-rancognition. Read by build.sh.
DEBIAN=src/RanCognition.Native/Install/debian

make_debs() {
  [ $# = 0 ] || die "deb: unknown option $1"
  command -v dpkg-deb >/dev/null || die "deb: dpkg-deb is missing: Debian package dpkg"
  local epoch multiarch tree=build/deb/tree
  epoch=$(package_date)
  need_tools
  build_library
  multiarch=$(gcc -print-multiarch)
  [ -n "$multiarch" ] || die "deb: gcc names no multiarch folder: packages are made on Debian and its kin"
  rm -rf build/deb
  mkdir -p build/dist
  stage_tree $tree/usr "lib/$multiarch" include
  deb_library "$tree/usr" "build/deb/librancognition$ABI" "lib/$multiarch"
  deb_development "$tree/usr" build/deb/librancognition-dev "lib/$multiarch"
  deb_python build/deb/python3-rancognition
  finish_deb "librancognition$ABI" library "$epoch"
  finish_deb librancognition-dev development "$epoch"
  finish_deb python3-rancognition python "$epoch"
  rm -rf build/deb
}

# The library and what the loader needs: no link for the linker.
deb_library() { # deb_library TREE PACKAGE LIBDIR
  local documents=$2/usr/share/doc/librancognition$ABI
  install -d -m 755 "$2/usr/$(dirname "$3")" "$documents" "$2/DEBIAN"
  cp -a "$1/$3" "$2/usr/$3"
  rm -rf "$2/usr/$3/pkgconfig" "$2/usr/$3/cmake"
  find "$2" -name librancognition.so -delete
  cp "$1/share/doc/rancognition/dotnet-THIRD-PARTY-NOTICES.txt" "$1/share/doc/rancognition/databases-NOTICES.txt" "$documents/"
  echo "librancognition $ABI librancognition$ABI (>= $VERSION)" >"$2/DEBIAN/shlibs"
  echo "activate-noawait ldconfig" >"$2/DEBIAN/triggers"
}

deb_development() { # deb_development TREE PACKAGE LIBDIR
  install -d -m 755 "$2/usr/$3" "$2/usr/share/doc/librancognition-dev" "$2/DEBIAN"
  cp -a "$1/include" "$2/usr/"
  cp -a "$1/$3/pkgconfig" "$1/$3/cmake" "$2/usr/$3/"
  ln -s "librancognition.so.$ABI" "$2/usr/$3/librancognition.so"
  cp README.md "$2/usr/share/doc/librancognition-dev/"
}

deb_python() { # deb_python PACKAGE
  local target=$1/usr/lib/python3/dist-packages
  install -d -m 755 "$target" "$1/usr/share/doc/python3-rancognition" "$1/DEBIAN"
  (cd src/python && find rancognition -name __pycache__ -prune -o -name '*.so*' -prune -o -type f -print0 | xargs -0 cp --parents -t "$OLDPWD/$target")
  install -m 755 $DEBIAN/python.postinst "$1/DEBIAN/postinst"
  install -m 755 $DEBIAN/python.prerm "$1/DEBIAN/prerm"
}

# The newest version of glibc that any of the images asks for.
needed_libc() {
  find "$LIB_DIR" -type f \( -name 'librancognition.so.*' -o -name "$(basename $SQLITE)" \) -exec readelf -V {} + | grep -o 'GLIBC_[0-9][0-9.]*' | sort -uV | tail -n 1 | cut -d_ -f2
}

# As dpkg-gencontrol counts it: files in whole KiB, everything else one.
installed_size() { # installed_size PACKAGE
  find "$1" -path "$1/DEBIAN" -prune -o -printf '%y %s\n' | awk '{ size += $1 == "f" ? int(($2 + 1023) / 1024) : 1 } END { print size }'
}

# What every package has, the same modes and times everywhere, and the package itself.
finish_deb() { # finish_deb NAME CONTROL EPOCH
  local package=build/deb/$1 documents=build/deb/$1/usr/share/doc/$1 deb_version maintainer architecture
  deb_version=$(sed -n '1s/.*(\(.*\)).*/\1/p' $DEBIAN/changelog)
  maintainer=$(sed -n 's/^ -- \(.*>\)  .*/\1/p' $DEBIAN/changelog | head -n 1)
  architecture=$(dpkg --print-architecture)
  sed "s/@ABI@/$ABI/g" $DEBIAN/copyright >"$documents/copyright"
  gzip -9nc $DEBIAN/changelog >"$documents/changelog.Debian.gz"
  gzip -9nc CHANGELOG.md >"$documents/changelog.gz"
  chmod -R u=rwX,go=rX "$package"
  find "$package/usr" -type f -exec chmod 644 {} +
  sed -e "s/@ABI@/$ABI/g" -e "s/@VERSION@/$VERSION/g" -e "s/@DEB_VERSION@/$deb_version/g" -e "s/@ARCHITECTURE@/$architecture/g" -e "s/@MAINTAINER@/$maintainer/g" \
    -e "s/@INSTALLED_SIZE@/$(installed_size "$package")/g" -e "s/@LIBC@/$(needed_libc)/g" "$DEBIAN/$2.control.in" >"$package/DEBIAN/control"
  (cd "$package" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$package/DEBIAN/md5sums"
  chmod 644 "$package/DEBIAN/control" "$package/DEBIAN/md5sums"
  find "$package" -exec touch -h -d "@$3" {} +
  architecture=$(sed -n 's/^Architecture: //p' "$package/DEBIAN/control")
  SOURCE_DATE_EPOCH=$3 DPKG_DEB_THREADS_MAX=1 dpkg-deb -Zxz --root-owner-group --build "$package" "build/dist/${1}_${deb_version}_$architecture.deb" >/dev/null
  say "build/dist/${1}_${deb_version}_$architecture.deb"
}
