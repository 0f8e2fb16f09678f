@echo off
rem What mvnw.cmd calls: gives Maven a JDK where JAVA_HOME names none, or where only a fetched one fits. Untried.
call "%~dp0jdk.cmd"
if errorlevel 1 exit /b 1
if defined PAG_JDK_FETCHED set "JAVA_HOME=%PAG_JDK%"
if not exist "%JAVA_HOME%\bin\java.exe" set "JAVA_HOME=%PAG_JDK%"
exit /b 0
