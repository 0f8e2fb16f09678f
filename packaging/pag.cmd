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

set "PAG_JDK="
if defined JAVA_HOME call :consider "%JAVA_HOME%"
for %%V in ("Eclipse Adoptium" "Java" "Zulu" "Amazon Corretto" "BellSoft") do (
  for /d %%D in ("%ProgramFiles%\%%~V\*") do call :consider "%%~fD"
)
for /d %%D in ("%USERPROFILE%\.jdks\*") do call :consider "%%~fD"
for /d %%D in ("%USERPROFILE%\.gradle\jdks\*") do call :consider "%%~fD"
for /d %%D in ("%USERPROFILE%\scoop\apps\*") do call :consider "%%~fD\current"
if not defined PAG_JDK for %%J in (java.exe) do if not "%%~$PATH:J"=="" for %%K in ("%%~dp$PATH:J..") do call :consider "%%~fK"
if not defined PAG_JDK (
  echo PAG Explorer needs JDK 25 or newer and found none: install it, for instance Temurin 25 from https://adoptium.net, and run this command again. 1>&2
  exit /b 1
)

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

rem Takes a directory that may be a JDK's home; the first that is 25 or newer stays.
:consider
if defined PAG_JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "PAG_VERSION="
for /f "tokens=2 delims==" %%R in ('%PAG_SYSTEM%\findstr.exe /b "JAVA_VERSION=" "%~1\release"') do set "PAG_VERSION=%%~R"
for /f "tokens=1 delims=.-+" %%M in ("%PAG_VERSION%") do set "PAG_VERSION=%%M"
if not defined PAG_VERSION exit /b 0
if %PAG_VERSION% GEQ 25 set "PAG_JDK=%~1"
exit /b 0
