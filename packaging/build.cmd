@echo off
rem Builds packages of PAG Explorer into target\packages: see packaging\build --help.
rem Untried: written without a Windows machine at hand. Needs JAVA_HOME to be a JDK 25 or newer.
setlocal
if not defined JAVA_HOME (
  echo Set JAVA_HOME to a JDK 25 or newer. 1>&2
  exit /b 1
)
pushd "%~dp0.."
"%JAVA_HOME%\bin\java.exe" packaging\builder\Build.java %*
exit /b %ERRORLEVEL%
