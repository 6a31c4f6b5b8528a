@echo off
rem The command paddock on Windows. "paddock serve" becomes the server, every other word the command's.
rem PADDOCK_HOME: the server's data, default %USERPROFILE%\.paddock. PADDOCK_JAVA: the directory of a Java 25.
setlocal EnableExtensions DisableDelayedExpansion
for %%i in ("%~dp0..") do set "install=%%~fi"
if defined PADDOCK_HOME (set "home=%PADDOCK_HOME%") else set "home=%USERPROFILE%\.paddock"

set "java="
if defined PADDOCK_JAVA (set "java=%PADDOCK_JAVA%\bin\java.exe") else if exist "%install%\runtime\bin\java.exe" (
    set "java=%install%\runtime\bin\java.exe"
) else if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if not defined java goto nojava
if not exist "%java%" goto nojava
for %%i in ("%java%") do set "release=%%~dpi..\release"
findstr /b /c:"JAVA_VERSION=\"25" "%release%" >nul 2>nul || goto nojava

if "%~1"=="serve" (set "name=server") else if "%~1"=="start" (set "name=server") else set "name=command"
if "%~2"=="--help" set "name=command"
if "%~2"=="-h" set "name=command"
set "cache=-Xshare:auto"
if exist "%home%\cache\%name%.aot" set "cache=-XX:AOTCache=%home%\cache\%name%.aot"
if exist "%install%\cache\%name%.aot" set "cache=-XX:AOTCache=%install%\cache\%name%.aot"
if "%name%"=="server" goto server

"%java%" "@%install%\lib\command.options" "%cache%" "-Dpaddock.install=%install%" "-Dpaddock.home=%home%" ^
    -cp "%install%\lib\paddock-command.jar" dev.paddock.cli.Main %*
exit /b %ERRORLEVEL%

:server
"%java%" "@%install%\lib\server.options" "%cache%" %PADDOCK_JAVA_OPTS% "-Dpaddock.install=%install%" "-Dpaddock.home=%home%" ^
    -cp "%install%\lib\paddock-server.jar" dev.paddock.launcher.Main
exit /b %ERRORLEVEL%

:nojava
echo paddock: no Java 25 here; install one or name its directory in PADDOCK_JAVA. 1>&2
exit /b 4
