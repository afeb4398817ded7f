"""Gather what Python in the browser is made of, each file held to a pinned sha256.

It is the hash that is trusted, not the place a file comes from: so NumPy's wheel may be taken from
wherever it can be had.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from .downloads import (
    Source,
    SourceError,
    download,
    fetch_first,
    from_tar,
    from_zip,
    only,
    pip_download,
    sha256,
)
from .errors import BuildError
from .node import find_node
from .progress import Progress, Say, amount
from .wheels import PYTEST_PACKAGES, REQUIREMENTS, fetch_wheels, read_pins

PYODIDE_FILES = {
    "pyodide.asm.js": "3e0589486e2119ee0d1f9894151c91a5a7533141d1ed7e824506a2d829861ecd",
    "pyodide.asm.wasm": "38656f8d64b0d24fc24fdfb552ff91baf9b395d3706254eb39a6441bf19f819d",
    "python_stdlib.zip": "b458ddfebbc6298833dbf115d487d53cebe26befd48a042e2d4c0f5d461d6599",
}
NUMPY_WHEEL = "numpy-2.2.5-cp313-cp313-pyodide_2025_0_wasm32.whl"
NUMPY_SHA256 = "2ca46b70661caea8f9f8089d22495c7a24c120fc5881e68934ac3a04d3fc8a02"

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
    download(command, folder, "npm pack", say, node.environment)
    return from_tar(only(folder, "*.tgz"), f"package/static/pyodide/{NUMPY_WHEEL}")


def _from_pypi(folder: Path, say: Say) -> Path:
    download(pip_download(folder, _PYPI_PACKAGE), folder, "pip download", say)
    wheel = only(folder, "gbdraw-*.whl")
    return from_zip(wheel, f"gbdraw/web/vendor/pyodide-wheels/{NUMPY_WHEEL}")


def _from_cdn(folder: Path, say: Say) -> Path:
    # Only when they are needed: a build that finds all done would take a tenth longer.
    from http.client import HTTPException
    from urllib.request import urlopen

    path = folder / NUMPY_WHEEL
    try:
        with (
            urlopen(f"{_CDN}/{NUMPY_WHEEL}", timeout=_CDN_SECONDS) as answer,
            path.open("wb") as file,
            Progress("CDN", say) as progress,
        ):
            while chunk := answer.read(1 << 16):
                file.write(chunk)
                progress.show(file.tell())
    except (OSError, HTTPException) as problem:
        raise SourceError(str(problem)) from None
    return path
