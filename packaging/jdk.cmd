@echo off
rem Sets PAG_JDK to the home of a JDK, 25 or newer; where there is none, fetch-jdk.ps1 offers to fetch one.
rem PAG_JDK_FETCHED is yes for such a one. Untried: written without a Windows machine at hand.
set "PAG_JDK="
set "PAG_JDK_FETCHED="
if defined JAVA_HOME call :consider "%JAVA_HOME%"
for %%V in ("Eclipse Adoptium" "Java" "Zulu" "Amazon Corretto" "BellSoft") do (
  for /d %%D in ("%ProgramFiles%\%%~V\*") do call :consider "%%~fD"
)
for /d %%D in ("%USERPROFILE%\.jdks\*") do call :consider "%%~fD"
for /d %%D in ("%USERPROFILE%\.gradle\jdks\*") do call :consider "%%~fD"
for /d %%D in ("%USERPROFILE%\scoop\apps\*") do call :consider "%%~fD\current"
if not defined PAG_JDK for %%J in (java.exe) do if not "%%~$PATH:J"=="" for %%K in ("%%~dp$PATH:J..") do call :consider "%%~fK"
if defined PAG_JDK exit /b 0
set "PAG_JDK_FETCHED=yes"
call :fetched
if defined PAG_JDK exit /b 0
"%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -ExecutionPolicy Bypass -File "%~dp0fetch-jdk.ps1" 1>&2
if errorlevel 1 exit /b 1
call :fetched
if defined PAG_JDK exit /b 0
exit /b 1

:fetched
for /d %%D in ("%LOCALAPPDATA%\pag-explorer\jdk\*") do call :consider "%%~fD"
exit /b 0

rem Takes a directory that may be a JDK's home; the first that is 25 or newer stays.
:consider
if defined PAG_JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "PAG_VERSION="
for /f "tokens=2 delims==" %%R in ('%SystemRoot%\System32\findstr.exe /b "JAVA_VERSION=" "%~1\release"') do set "PAG_VERSION=%%~R"
for /f "tokens=1 delims=.-+" %%M in ("%PAG_VERSION%") do set "PAG_VERSION=%%M"
if not defined PAG_VERSION exit /b 0
if %PAG_VERSION% GEQ 25 set "PAG_JDK=%~1"
exit /b 0
