"""Take files from the first place that gives them: it is the hash that is trusted."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import BuildError
from .progress import Say, amount, run_watched


class SourceError(Exception):
    """A source did not give the file; the text says why."""


@dataclass(frozen=True)
class Source:
    """A place to take a file from: `fetch` puts it somewhere into the folder that it is given.

    `fetch` raises SourceError.
    """

    name: str
    fetch: Callable[[Path], Path]


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
                hold(path, pinned)
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


def sha256(path: Path) -> str:
    """Return the sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hold(path: Path, pinned: str) -> None:
    """Refuse a file whose sha256 is another, by SourceError."""
    if sha256(path) != pinned:
        raise SourceError(f"another file: its sha256 is {sha256(path)}")


def only(folder: Path, pattern: str) -> Path:
    """Return the one file of a pattern that a download has left; SourceError without it."""
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise SourceError(f"{len(found)} files {pattern}, where one was expected")
    return found[0]


def pip_download(folder: Path, *what: str) -> list[str]:
    """Return the command by which pip puts wheels into a folder."""
    # fmt: off
    return [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--retries=2",
        "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:",
        "-d", str(folder), *what,
    ]
    # fmt: on


def download(
    command: Sequence[str],
    folder: Path,
    label: str,
    say: Say,
    environment: dict[str, str] | None = None,
) -> None:
    """Run a command that puts files into a folder; SourceError tells why it failed."""
    # pip collects its downloads in TMPDIR first: there, too, they are to be seen growing.
    seen = {**(environment or os.environ), "TMPDIR": str(folder)}
    problem = run_watched(command, folder, folder, label, say, seen)
    if problem is not None:
        raise SourceError(problem)
