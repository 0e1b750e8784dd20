#!/usr/bin/env bash
# Makes the packages for .NET and uses them from an application outside this folder, with nothing but a folder to restore from and no network:
# dotnet run, publish, single file, NativeAOT. One line a check. usage: tests/package/run_package.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset RANCOGNITION_LIBRARY LD_LIBRARY_PATH
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
. "$root/native-tests/abi/own_sqlite.sh"
passed=0
failed=0

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then passed=$((passed + 1)); echo "ok      $name"; else failed=$((failed + 1)); echo "FAILED  $name"; sed 's/^/        /' "$work/log"; fi
}

version=$(sed -n 's:.*<RanVersion>\(.*\)</RanVersion>.*:\1:p' "$root/Directory.Build.props")
dist=$root/build/dist
framework_packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
runtime=linux-x64
[ "$(uname -m)" = x86_64 ] || runtime=linux-arm64

# Ours come from build/dist alone and into a folder of this test, so no older copy is taken; what else .NET needs from what is there already.
write_config() {
  cat >"$work/NuGet.config" <<XML
<configuration>
  <packageSources><clear /><add key="ours" value="$dist" /><add key="there" value="$framework_packages" /></packageSources>
  <packageSourceMapping><clear />
    <packageSource key="ours"><package pattern="RanCognition.*" /></packageSource>
    <packageSource key="there"><package pattern="*" /></packageSource>
  </packageSourceMapping>
  <fallbackPackageFolders><clear /></fallbackPackageFolders>
</configuration>
XML
}

holds() { # holds PACKAGE FILES...
  python3 - "$@" <<'PYTHON'
import sys, zipfile
names = zipfile.ZipFile(sys.argv[1]).namelist()
missing = [name for name in sys.argv[2:] if name not in names]
print("\n".join(names), "\nmissing:", missing)
sys.exit(1 if missing else 0)
PYTHON
}

no_paths() { # no file of a package says where it was built
  python3 - "$root" "$dist"/RanCognition.*nupkg <<'PYTHON'
import sys, zipfile
root = sys.argv[1].encode()
bad = [(path, name) for path in sys.argv[2:] for name in zipfile.ZipFile(path).namelist() if root in zipfile.ZipFile(path).read(name)]
print(bad)
sys.exit(1 if bad else 0)
PYTHON
}

dotnet_at() { # dotnet_at VERB OPTIONS...
  (cd "$work/consumer" && dotnet "$@" -p:RanCognitionVersion="$version" -p:RestorePackagesPath="$work/packages" -p:RestoreConfigFile="$work/NuGet.config")
}

answers() { # answers COMMAND...: the application, all of whose checks hold
  "$@" >"$work/answer" || { cat "$work/answer"; return 1; }
  cat "$work/answer"
  ! grep -q FAILED "$work/answer" && grep -q '^version '"$version" "$work/answer"
}

clean() { rm -rf "$work/consumer/bin" "$work/consumer/obj" "$work/out"; }

masked() { GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2 EXPECTED_LEVEL=x86-64-v2 answers "$@"; }

published() { # published OPTIONS...: into $work/out, and moved away from where it was restored
  clean
  dotnet_at publish -c Release -o "$work/out" --nologo -v quiet "$@" || return 1
  mv "$work/packages" "$work/packages.away"
  local code=0
  if [ -x "$work/out/Consumer" ]; then answers "$work/out/Consumer" || code=1; else answers dotnet "$work/out/Consumer.dll" || code=1; fi
  # A file that has the libraries inside unpacks them all into one folder.
  [ ! -f "$work/out/librancognition.so" ] || own_sqlite_in "$work" "$work/out/librancognition.so" "$work/out/librancognition-sqlite3.so" || code=1
  mv "$work/packages.away" "$work/packages"
  return $code
}

restorable() { # restorable PACKAGE: it is there without a network
  [ -d "$framework_packages/$1" ]
}

check "packages are made" "$root/build.sh" nuget
check "the package of the binding holds every image, its manual and its licences" holds "$dist/RanCognition.Interop.$version.nupkg" \
  lib/net9.0/RanCognition.Interop.dll lib/net9.0/RanCognition.Interop.xml README.md LICENSE THIRD-PARTY-NOTICES.txt \
  $([ $runtime = linux-x64 ] && echo runtimes/linux-x64/native/librancognition.{x86-64-v3.so,x86-64-v4.so}) runtimes/$runtime/native/librancognition.so runtimes/$runtime/native/librancognition-sqlite3.so
check "the package of the cores holds no native part but its manual and licences" holds "$dist/RanCognition.Core.$version.nupkg" \
  lib/net9.0/RanCognition.Core.dll lib/net9.0/RanCognition.Core.xml README.md LICENSE THIRD-PARTY-NOTICES.txt
check "symbols are packed" holds "$dist/RanCognition.Interop.$version.snupkg" lib/net9.0/RanCognition.Interop.pdb
check "nothing says where it was built" no_paths

cp -r "$root/tests/package/consumer" "$work/consumer"
write_config
check "dotnet build, restored from a folder" dotnet_at build -c Release --nologo -v quiet
check "dotnet run, with the library in the packages' folder" answers dotnet "$work/consumer/bin/Release/net10.0/Consumer.dll"
[ $runtime != linux-x64 ] || check "the same where AVX2 is masked" masked dotnet "$work/consumer/bin/Release/net10.0/Consumer.dll"
check "publish for any machine" published -p:UseAppHost=false
check "single file, library beside it" published -r $runtime --self-contained false -p:PublishSingleFile=true
check "single file, library unpacked from it" published -r $runtime --self-contained false -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true
if restorable microsoft.netcore.app.host.$runtime || restorable microsoft.netcore.app.runtime.$runtime/10.0.0; then
  check "self-contained" published -r $runtime --self-contained true
else
  echo "SKIPPED self-contained: the .NET runtime is not there as a package (NuGet Microsoft.NETCore.App.Runtime.$runtime)"
fi
if restorable runtime.$runtime.microsoft.dotnet.ilcompiler; then
  check "NativeAOT, warnings of trimming are errors" published -p:ConsumerFramework=net9.0 -r $runtime -p:PublishAot=true -p:TrimmerSingleWarn=false
  check "NativeAOT left no .NET assembly behind" test ! -e "$work/out/Consumer.dll"
else
  echo "SKIPPED NativeAOT: its compiler is not there as a package (NuGet runtime.$runtime.Microsoft.DotNet.ILCompiler)"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
