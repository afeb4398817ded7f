"""The wheels of pytest and what it needs: those that requirements.txt pins."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .downloads import SourceError, download, pip_download, sha256
from .errors import BuildError
from .progress import Say, amount

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"
PYTEST_PACKAGES = ("pytest", "pluggy", "iniconfig", "packaging", "pygments")


@dataclass(frozen=True)
class Pin:
    """A package's version, and the hashes of its files."""

    name: str
    version: str
    hashes: frozenset[str]


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
    command = pip_download(folder, "--require-hashes", "-r", str(wanted))
    try:
        download(command, folder, "pip download", say)
    except SourceError as problem:
        remedy = "Check the network and that `python -m pip` works, then build again."
        raise BuildError(f"cannot be downloaded: {problem}", remedy, REQUIREMENTS) from None


def requirement(pin: Pin) -> str:
    """Return a pin as a line of a requirements file."""
    hashes = "".join(f" --hash=sha256:{digest}" for digest in sorted(pin.hashes))
    return f"{pin.name}=={pin.version}{hashes}\n"
