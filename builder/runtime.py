"""Gather what Python in the browser is made of, each file held to a pinned sha256.

It is the hash that is trusted, not the place a file comes from: so NumPy's wheel may be taken from
wherever it can be had.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from .errors import BuildError
from .node import find_node
from .progress import Progress, Say, amount, run_watched

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"

PYODIDE_FILES = {
    "pyodide.asm.js": "3e0589486e2119ee0d1f9894151c91a5a7533141d1ed7e824506a2d829861ecd",
    "pyodide.asm.wasm": "38656f8d64b0d24fc24fdfb552ff91baf9b395d3706254eb39a6441bf19f819d",
    "python_stdlib.zip": "b458ddfebbc6298833dbf115d487d53cebe26befd48a042e2d4c0f5d461d6599",
}
NUMPY_WHEEL = "numpy-2.2.5-cp313-cp313-pyodide_2025_0_wasm32.whl"
NUMPY_SHA256 = "2ca46b70661caea8f9f8089d22495c7a24c120fc5881e68934ac3a04d3fc8a02"
PYTEST_PACKAGES = ("pytest", "pluggy", "iniconfig", "packaging", "pygments")

_NPM_PACKAGE = "@galaxyproject/vintent@0.0.5"
_PYPI_PACKAGE = "gbdraw==0.14.2"
_CDN = "https://cdn.jsdelivr.net/pyodide/v0.29.1/full"
_CDN_SECONDS = 10
_REINSTALL = "Delete web/node_modules and build again."


@dataclass(frozen=True)
class Runtime:
    """The files of Pyodide, NumPy's wheel, and the wheels of pytest and what it needs."""

    asm_js: Path
    asm_wasm: Path
    stdlib: Path
    numpy_wheel: Path
    pytest_wheels: tuple[Path, ...]

    @staticmethod
    def pins() -> str:
        """Return what the files are held to, which needs none of them."""
        pins = read_pins(REQUIREMENTS, PYTEST_PACKAGES)
        return repr([PYODIDE_FILES, NUMPY_SHA256, [(pin.name, pin.version) for pin in pins]])


@dataclass(frozen=True)
class Pin:
    """A package's version, and the hashes of its files."""

    name: str
    version: str
    hashes: frozenset[str]


class SourceError(Exception):
    """A source did not give the file; the text says why."""


@dataclass(frozen=True)
class Source:
    """A place to take a file from: `fetch` puts it somewhere into the folder that it is given.

    `fetch` raises SourceError.
    """

    name: str
    fetch: Callable[[Path], Path]


def fetch_runtime(web: Path, cache: Path, say: Say) -> Runtime:
    """Return the runtime's files; download what is not in the cache.

    Raises:
        BuildError: if a file cannot be had, or is not the one that is pinned.
    """
    pyodide = web / "node_modules" / "pyodide"
    asm_js, asm_wasm, stdlib = check_pyodide(pyodide, PYODIDE_FILES)
    check_lock(pyodide / "pyodide-lock.json")
    kept = cache / NUMPY_SHA256 / NUMPY_WHEEL
    numpy_wheel = fetch_first(numpy_sources(say), NUMPY_SHA256, kept, say)
    wheels = fetch_wheels(read_pins(REQUIREMENTS, PYTEST_PACKAGES), cache / "wheels", say)
    size = sum(p.stat().st_size for p in (asm_js, asm_wasm, stdlib, numpy_wheel, *wheels))
    say(f"Pyodide, NumPy and pytest are what is pinned, {amount(size)}")
    return Runtime(asm_js, asm_wasm, stdlib, numpy_wheel, wheels)


def check_pyodide(folder: Path, files: dict[str, str]) -> list[Path]:
    """Return the paths of files that are what is pinned.

    Raises:
        BuildError: if one is missing or another.
    """
    for name, pinned in files.items():
        path = folder / name
        if not path.is_file():
            raise BuildError("the file is missing", _REINSTALL, path)
        if sha256(path) != pinned:
            cause = f"is not the file of Pyodide 0.29.1: its sha256 is {sha256(path)}"
            raise BuildError(cause, _REINSTALL, path)
    return [folder / name for name in files]


def check_lock(lock: Path) -> None:
    """Hold our pin of NumPy to what Pyodide's own lock says.

    Raises:
        BuildError: if they differ, or the lock cannot be read.
    """
    try:
        numpy = json.loads(lock.read_text("utf-8"))["packages"]["numpy"]
        told = (numpy["file_name"], numpy["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        cause = f"says nothing of NumPy ({type(problem).__name__})"
        raise BuildError(cause, _REINSTALL, lock) from None
    if told != (NUMPY_WHEEL, NUMPY_SHA256):
        remedy = "Pin this NumPy in builder/runtime.py, or go back to the Pyodide of the npm lock."
        raise BuildError(f"names another NumPy: {told[0]}, sha256 {told[1]}", remedy, lock)


# ---------------------------------------------------------------------------------------- NumPy


def fetch_first(sources: Iterable[Source], pinned: str, kept: Path, say: Say) -> Path:
    """Return the file from the cache, or from the first source that gives what is pinned.

    Raises:
        BuildError: if no source does; it names each and its reason.
    """
    if kept.is_file() and sha256(kept) == pinned:
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    reasons = []
    for source in sources:
        say(f"{kept.name}: from {source.name}")
        with tempfile.TemporaryDirectory(dir=kept.parent, ignore_cleanup_errors=True) as folder:
            try:
                path = source.fetch(Path(folder))
                _hold(path, pinned)
            except SourceError as problem:
                say(f"not from {source.name}: {problem}")
                reasons.append(f"{source.name}: {problem}")
                continue
            say(f"{kept.name}: {amount(path.stat().st_size)}, hash is right")
            path.replace(kept)
            return kept
    cause = "\n".join(["no source gives the file", *reasons])
    remedy = f"Check the network, or put a file with sha256 {pinned} in this place by hand."
    raise BuildError(cause, remedy, kept)


def numpy_sources(say: Say) -> list[Source]:
    """Return the sources of NumPy's wheel, the smallest download first."""
    return [
        Source(f"npm {_NPM_PACKAGE}, about 15 MB", lambda folder: _from_npm(folder, say)),
        Source(f"PyPI {_PYPI_PACKAGE}, about 41 MB", lambda folder: _from_pypi(folder, say)),
        Source("Pyodide's CDN, about 3 MB", lambda folder: _from_cdn(folder, say)),
    ]


def _from_npm(folder: Path, say: Say) -> Path:
    try:
        node = find_node()
    except BuildError as problem:
        raise SourceError(problem.cause) from None
    command = [
        *node.npm,
        "pack",
        "--loglevel=error",
        "--fetch-retries=1",
        "--ignore-scripts",
        _NPM_PACKAGE,
    ]
    _download(command, folder, "npm pack", say, node.environment)
    return from_tar(_only(folder, "*.tgz"), f"package/static/pyodide/{NUMPY_WHEEL}")


def _from_pypi(folder: Path, say: Say) -> Path:
    _download(_pip_download(folder, _PYPI_PACKAGE), folder, "pip download", say)
    wheel = _only(folder, "gbdraw-*.whl")
    return from_zip(wheel, f"gbdraw/web/vendor/pyodide-wheels/{NUMPY_WHEEL}")


def _from_cdn(folder: Path, say: Say) -> Path:
    path = folder / NUMPY_WHEEL
    try:
        with (
            urllib.request.urlopen(f"{_CDN}/{NUMPY_WHEEL}", timeout=_CDN_SECONDS) as answer,
            path.open("wb") as file,
            Progress("CDN", say) as progress,
        ):
            while chunk := answer.read(1 << 16):
                file.write(chunk)
                progress.show(file.tell())
    except (OSError, HTTPException) as problem:
        raise SourceError(str(problem)) from None
    return path


def from_tar(archive: Path, member: str) -> Path:
    """Take one file out of a gzipped tar archive.

    Raises:
        SourceError: if it is not in there.
    """
    path = archive.with_name(Path(member).name)
    try:
        with tarfile.open(archive, "r:gz") as tar:
            file = tar.extractfile(member)
            if file is None:
                raise KeyError(member)
            with file, path.open("wb") as out:
                shutil.copyfileobj(file, out)
    except (KeyError, tarfile.TarError, zlib.error, EOFError, OSError) as problem:
        raise SourceError(f"{archive.name} does not hold {member} ({problem})") from None
    return path


def from_zip(archive: Path, member: str) -> Path:
    """Take one file out of a zip archive.

    Raises:
        SourceError: if it is not in there.
    """
    path = archive.with_name(Path(member).name)
    try:
        with (
            zipfile.ZipFile(archive) as bundle,
            bundle.open(member) as file,
            path.open("wb") as out,
        ):
            shutil.copyfileobj(file, out)
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError) as problem:
        raise SourceError(f"{archive.name} does not hold {member} ({problem})") from None
    return path


# --------------------------------------------------------------------------------------- pytest


def read_pins(requirements: Path, names: Sequence[str]) -> list[Pin]:
    """Return the pins of some packages in a requirements file with hashes.

    Raises:
        BuildError: if the file is missing, or does not pin one of them.
    """
    try:
        text = requirements.read_text("utf-8").replace("\\\n", " ")
    except FileNotFoundError:
        remedy = "Take it from the repository: it pins what the build needs."
        raise BuildError("the file is missing", remedy, requirements) from None
    pins = []
    for name in names:
        line = re.search(rf"^{re.escape(name)}==([\w.!+]+)(.*)$", text, re.MULTILINE)
        hashes = frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", line[2])) if line else None
        if line is None or not hashes:
            remedy = "Compile it again with pip-compile --generate-hashes."
            raise BuildError(f"does not pin {name} by hash", remedy, requirements)
        pins.append(Pin(name, line[1], hashes))
    return pins


def fetch_wheels(pins: Sequence[Pin], folder: Path, say: Say) -> tuple[Path, ...]:
    """Return the wheels of pins in their order; let pip download those that are not kept yet.

    Raises:
        BuildError: if pip fails, or a wheel is not the pinned one or not pure Python.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [pin for pin in pins if find_wheel(pin, folder) is None]
    if missing:
        names = ", ".join(f"{pin.name} {pin.version}" for pin in missing)
        say(f"from PyPI: {names}, about 3 MB in all")
        with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as fresh:
            _download_wheels(missing, Path(fresh), say)
            adopt_wheels(missing, Path(fresh), folder, say)
    return tuple(wheel for pin in pins if (wheel := find_wheel(pin, folder)) is not None)


def find_wheel(pin: Pin, folder: Path) -> Path | None:
    """Return the pure wheel in a folder that is what a pin says, if there is one."""
    stem = pin.name.replace("-", "_")
    for path in sorted(folder.glob(f"{stem}-{pin.version}-*-none-any.whl")):
        if sha256(path) in pin.hashes:
            return path
    return None


def adopt_wheels(pins: Sequence[Pin], fresh: Path, folder: Path, say: Say) -> None:
    """Move just downloaded wheels to where they are kept, if each is the pinned one.

    Raises:
        BuildError: if one is not.
    """
    for pin in pins:
        wheel = find_wheel(pin, fresh)
        if wheel is None:
            got = ", ".join(sorted(path.name for path in fresh.glob("*.whl"))) or "nothing"
            cause = f"pip gave no pure wheel of {pin.name} {pin.version} with a pinned hash: {got}"
            remedy = "Check which package index pip uses, or compile requirements.txt again."
            raise BuildError(cause, remedy, REQUIREMENTS)
        say(f"{wheel.name}: {amount(wheel.stat().st_size)}, hash is right")
        wheel.replace(folder / wheel.name)


def _download_wheels(pins: Sequence[Pin], folder: Path, say: Say) -> None:
    wanted = folder / "wanted.txt"
    wanted.write_text("".join(requirement(pin) for pin in pins), "utf-8")
    command = _pip_download(folder, "--require-hashes", "-r", str(wanted))
    try:
        _download(command, folder, "pip download", say)
    except SourceError as problem:
        remedy = "Check the network and that `python -m pip` works, then build again."
        raise BuildError(f"cannot be downloaded: {problem}", remedy, REQUIREMENTS) from None


def requirement(pin: Pin) -> str:
    """Return a pin as a line of a requirements file."""
    hashes = "".join(f" --hash=sha256:{digest}" for digest in sorted(pin.hashes))
    return f"{pin.name}=={pin.version}{hashes}\n"


# -------------------------------------------------------------------------------------- effects


def sha256(path: Path) -> str:
    """Return the sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hold(path: Path, pinned: str) -> None:
    if sha256(path) != pinned:
        raise SourceError(f"another file: its sha256 is {sha256(path)}")


def _only(folder: Path, pattern: str) -> Path:
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise SourceError(f"{len(found)} files {pattern}, where one was expected")
    return found[0]


def _pip_download(folder: Path, *what: str) -> list[str]:
    # fmt: off
    return [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--retries=2",
        "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:",
        "-d", str(folder), *what,
    ]
    # fmt: on


def _download(
    command: Sequence[str],
    folder: Path,
    label: str,
    say: Say,
    environment: dict[str, str] | None = None,
) -> None:
    # pip collects its downloads in TMPDIR first: there, too, they are to be seen growing.
    seen = {**(environment or os.environ), "TMPDIR": str(folder)}
    problem = run_watched(command, folder, folder, label, say, seen)
    if problem is not None:
        raise SourceError(problem)
