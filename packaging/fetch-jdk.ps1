# Offers to fetch the JDK of packaging\jdk.list into %LOCALAPPDATA%\pag-explorer\jdk, as packaging/fetch-jdk does elsewhere.
# Untried: written without a Windows machine at hand. Uses the curl and tar of Windows 10 and newer.
$ErrorActionPreference = 'Stop'

$install = 'install a JDK, for instance Temurin 25 from https://adoptium.net, and run this command again'
$why = 'PAG Explorer needs JDK 25 or newer and found none'

function Fail([string] $words) {
  [Console]::Error.WriteLine($words)
  exit 1
}

# --- What is to be fetched, and where to

$list = if ($env:PAG_JDK_LIST) { $env:PAG_JDK_LIST } else { Join-Path $PSScriptRoot 'jdk.list' }
$pins = @{}
foreach ($line in Get-Content -LiteralPath $list) {
  $key, $rest = $line -split ' ', 2
  $pins[$key] = $rest
}
$arch = if ($env:PROCESSOR_ARCHITEW6432) { $env:PROCESSOR_ARCHITEW6432 } else { $env:PROCESSOR_ARCHITECTURE }
$platform = if ($arch -eq 'AMD64') { 'windows-x64' } else { "windows-$arch" }
if (-not $pins[$platform]) { Fail "${why}, and $list has none for ${platform}: $install." }
$hash, $file = $pins[$platform] -split ' ', 2
$name = $pins['name']
$from = if ($env:PAG_JDK_URL) { $env:PAG_JDK_URL } else { $pins['url'] }
$url = $from.TrimEnd('/') + '/' + $file
if (-not $env:LOCALAPPDATA) { Fail "${why}, and LOCALAPPDATA, where one could be fetched to, is not set: $install." }
$cache = Join-Path $env:LOCALAPPDATA 'pag-explorer\jdk'
$target = Join-Path $cache $pins['folder']
$part = Join-Path $cache "$file.part"

# --- Asking

if ($env:PAG_FETCH_JDK -eq 'no') {
  Fail "${why}: $install."
} elseif ($env:PAG_FETCH_JDK -and $env:PAG_FETCH_JDK -ne 'yes') {
  Fail "PAG_FETCH_JDK is yes or no, not '$env:PAG_FETCH_JDK'."
} elseif (-not $env:PAG_FETCH_JDK) {
  if ([Console]::IsInputRedirected) {
    Fail "${why}: set PAG_FETCH_JDK=yes to have $name fetched (about 140 MB), or $install."
  }
  Write-Host "$why."
  $answer = Read-Host "Fetch $name (about 140 MB) from $url into ${cache}? [Y/n]"
  if ($answer -and $answer -notmatch '^[Yy]') { Fail "Nothing was fetched: $install." }
}

# --- Fetching

$curl = Join-Path $env:SystemRoot 'System32\curl.exe'
$tar = Join-Path $env:SystemRoot 'System32\tar.exe'
foreach ($program in $curl, $tar) {
  if (-not (Test-Path -LiteralPath $program)) { Fail "Fetching $name needs $program, which this Windows does not have: $install." }
}

function Test-Whole {
  (Test-Path -LiteralPath $part) -and (Get-FileHash -LiteralPath $part -Algorithm SHA256).Hash -eq $hash
}

function Invoke-Download {
  $begun = Test-Path -LiteralPath $part
  & $curl -fSL -C - --progress-bar --connect-timeout 20 --speed-limit 1000 --speed-time 60 --retry 2 -o $part $url
  # 33 and 22: a server that cannot resume, or has less than what is here; 22 is also a file that is not there.
  if ($begun -and $LASTEXITCODE -in 22, 33) {
    Remove-Item -LiteralPath $part
    & $curl -fSL --progress-bar --connect-timeout 20 --speed-limit 1000 --speed-time 60 --retry 2 -o $part $url
  }
  if ($LASTEXITCODE -ne 0) {
    Fail "$name could not be fetched from ${url}: run this command again when the network is there, and it resumes (https_proxy names a proxy, PAG_JDK_URL a mirror), or $install."
  }
}

# One at a time: the others wait until the file can be opened.
New-Item -ItemType Directory -Force -Path $cache | Out-Null
$waiting = $false
while (-not $lock) {
  try {
    $lock = [IO.File]::Open((Join-Path $cache '.fetching'), 'OpenOrCreate', 'ReadWrite', 'None')
  } catch [IO.IOException] {
    if (-not $waiting) { Write-Host "Waiting for another start, which fetches $name..." }
    $waiting = $true
    Start-Sleep -Seconds 1
  }
}

if (Test-Path -LiteralPath (Join-Path $target 'bin\javac.exe')) { exit 0 }
$resumed = Test-Path -LiteralPath $part
if (-not (Test-Whole)) {
  Write-Host $(if ($resumed) { "Resuming the download of $name..." } else { "Fetching $name..." })
  Invoke-Download
  if ($resumed -and -not (Test-Whole)) {
    Write-Host "What had been fetched of $name was damaged and was deleted; fetching it anew..."
    Remove-Item -LiteralPath $part
    Invoke-Download
  }
  if (-not (Test-Whole)) {
    Remove-Item -LiteralPath $part
    Fail "What came from $url is not $name and was deleted (its SHA-256 is not $hash): run this command again, with PAG_JDK_URL naming a mirror if it stays so, or $install."
  }
}

# --- Unpacking

$unpacking = Join-Path $cache ".unpacking.$PID"
New-Item -ItemType Directory -Force -Path $unpacking | Out-Null
& $tar -xf $part -C $unpacking
if ($LASTEXITCODE -ne 0) {
  Remove-Item -Recurse -Force -LiteralPath $unpacking
  Fail "$name could not be unpacked into ${cache}: make room there, and run this command again."
}
$unpacked = @(Get-ChildItem -LiteralPath $unpacking)[0].FullName
if (Test-Path -LiteralPath $target) { Remove-Item -Recurse -Force -LiteralPath $target }
Move-Item -LiteralPath $unpacked -Destination $target
Remove-Item -Recurse -Force -LiteralPath $unpacking
Remove-Item -LiteralPath $part
Write-Host "$name is in $target."
