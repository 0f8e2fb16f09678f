@echo off
rem Starts PAG Explorer on Windows, and builds first what is missing or older than its sources.
rem Untried: written after packaging/pag without a Windows machine at hand.
rem
rem   packaging\pag                 opens the window
rem   packaging\pag COMMAND ...     runs a command; packaging\pag --help lists them
rem
rem PAG_JAVA_OPTS (or JAVA_OPTS) goes to the Java machine. Paths are relative to where you are.
setlocal EnableExtensions DisableDelayedExpansion
rem No program of the folder that this is called from is run by its bare name.
set "NoDefaultCurrentDirectoryInExePath=1"
set "PAG_SYSTEM=%SystemRoot%\System32"

for %%I in ("%~dp0..") do set "PAG_ROOT=%%~fI"
set "PAG_JAR=%PAG_ROOT%\target\pag-explorer.jar"
set "PAG_LIB=%PAG_ROOT%\target\lib"

call "%~dp0jdk.cmd"
if errorlevel 1 exit /b 1

if not exist "%PAG_JAR%" goto build
if not exist "%PAG_LIB%\" goto build
"%PAG_SYSTEM%\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -Command "$built = (Get-Item -LiteralPath $env:PAG_JAR).LastWriteTime; $root = $env:PAG_ROOT; if (@(Get-Item -LiteralPath ($root + '\pom.xml')) + @(Get-ChildItem -LiteralPath ($root + '\src\main') -Recurse -File) | Where-Object { $_.LastWriteTime -gt $built }) { exit 3 }"
if errorlevel 3 goto build
goto start

:build
set "PAG_PROFILE="
if exist "%PAG_ROOT%\target\torch-flavor" "%PAG_SYSTEM%\findstr.exe" /b "cuda" "%PAG_ROOT%\target\torch-flavor" >nul && set "PAG_PROFILE=-Pcuda"
echo Building PAG Explorer (first time: a few minutes)... 1>&2
pushd "%PAG_ROOT%"
set "PAG_OUTER_JAVA_HOME=%JAVA_HOME%"
set "JAVA_HOME=%PAG_JDK%"
call "%PAG_ROOT%\mvnw.cmd" -B -q -Dformat.skip=true -Dmaven.test.skip=true %PAG_PROFILE% package 1>&2
set "PAG_RESULT=%ERRORLEVEL%"
set "JAVA_HOME=%PAG_OUTER_JAVA_HOME%"
popd
if not "%PAG_RESULT%"=="0" (
  echo PAG Explorer could not be built; the lines above say why. 1>&2
  exit /b 1
)

:start
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
if not defined NVIDIA_TF32_OVERRIDE set "NVIDIA_TF32_OVERRIDE=0"
"%PAG_JDK%\bin\java.exe" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow "-Dpag.home=%PAG_ROOT%" %JAVA_OPTS% %PAG_JAVA_OPTS% -cp "%PAG_JAR%;%PAG_LIB%\*" org.pagexplorer.Main %*
exit /b %ERRORLEVEL%
