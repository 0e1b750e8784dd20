# The thin twin of build.sh for Windows. Not run by the project's own tests.
param([string] $Command = 'build')
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
function Need($name, $what) { if (-not (Get-Command $name -ErrorAction SilentlyContinue)) { throw "build.ps1: $what is missing" } }
function Build {
    Need dotnet 'the .NET SDK 10'
    Need cmake 'CMake 3.20 or newer'
    dotnet publish src/RanCognition.Native -c Release -r win-x64 -o build/lib --nologo
    cmake -S native-tests -B build/native "-DRANCOG_LIB_DIR=$PWD/build/lib" "-DRANCOG_INCLUDE_DIR=$PWD/include"
    cmake --build build/native --config Release
}
switch ($Command) {
    'build' { Build }
    'run'   { Build; & build/bin/kpi_report --data tests/data --report build/report.html }
    'test'  { Build; dotnet test RanCognition.sln -c Release --nologo; ctest --test-dir build/native -C Release --output-on-failure }
    default { Write-Output 'usage: build.ps1 [build|run|test]'; exit 2 }
}
