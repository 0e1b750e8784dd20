# The thin twin of build.sh for Windows: the same verbs where they make sense. NOT RUN by the project's own tests, and not run by its authors:
# the library's .NET side is the same, but the C harness and the examples are written for POSIX and may need work there.
param([string] $Command = 'build', [Parameter(ValueFromRemainingArguments)] [string[]] $Rest = @())
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'; $env:DOTNET_NOLOGO = '1'
$env:RANCOGNITION_LIBRARY = "$PSScriptRoot/build/lib/librancognition.dll"

function Need($name, $what) { if (-not (Get-Command $name -ErrorAction SilentlyContinue)) { throw "build.ps1: $what is missing" } }
function Run($program) { & $program @args; if ($LASTEXITCODE -ne 0) { throw "build.ps1: $program ended with $LASTEXITCODE" } }

function Build {
    Need dotnet 'the .NET SDK 10'
    Need cmake 'CMake 3.20 or newer'
    Run dotnet publish src/RanCognition.Native -c Release -r win-x64 -o build/lib --nologo
    Run cmake -S native-tests -B build/native "-DRANCOG_LIB_DIR=$PWD/build/lib" "-DRANCOG_INCLUDE_DIR=$PWD/include"
    Run cmake --build build/native --config Release
}
function Check { Run dotnet run --project src/RanCognition.HeaderGen -c Release -- --check . }

switch ($Command) {
    'build'    { Build }
    'run'      { Build; Run build/bin/kpi_report --data tests/data --report build/report.html @Rest; Run build/bin/tilt_plan --report build/report.html @Rest; Run build/bin/loop_watch --data tests/data --report build/report.html @Rest; Run build/bin/decision_loop --data tests/data --report build/report.html @Rest }
    'test'     { Build; Check; Run dotnet test RanCognition.sln -c Release --nologo; Run ctest --test-dir build/native -C Release --output-on-failure }
    'bench'    { Build; foreach ($what in $(if ($Rest) { $Rest } else { 'load', 'abi', 'temporal' })) { Run "build/bin/bench_$what" $env:RANCOGNITION_LIBRARY } }
    'check'    { Check }
    'generate' { Run dotnet run --project src/RanCognition.HeaderGen -c Release -- . }
    'clean'    { Get-Item build, src/*/bin, src/*/obj, tests/*/bin, tests/*/obj -ErrorAction SilentlyContinue | Remove-Item -Recurse -Force }
    default    { Write-Output 'usage: build.ps1 [build|run|test|bench|check|generate|clean]   (install is in build.sh only)'; if ($Command -ne 'help') { exit 2 } }
}
