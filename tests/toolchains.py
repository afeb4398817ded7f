"""The build's tools as tests use them: one cache of what takes long, and proofs of one's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import build
from builder.cache import Cache
from builder.progress import Say
from builder.toolchain import Toolchain


def silent(_: str) -> None:
    """Say nothing."""


@cache
def shared_toolchain() -> Toolchain:
    """Return the tools that all tests share; what they make stays in the build's cache."""
    return Toolchain(build.WEB, Cache(build.CACHE), silent)


def own_toolchain(folder: Path, say: Say = silent) -> Toolchain:
    """Return tools whose findings on exercises are a test's own; all else is shared."""
    own = own_cache(folder)
    return Toolchain(build.WEB, Cache(own), say)


# What is found out of an exercise: the rest is made of what is the same for all.
_OWN = ("proofs", "restored", "statements")


def own_cache(folder: Path) -> Path:
    """Return a cache in a folder that has everything but what was found out of exercises."""
    shared_toolchain().compiled  # noqa: B018  (so that there is something to share)
    folder.mkdir(parents=True, exist_ok=True)
    for path in build.CACHE.iterdir():
        if path.name not in _OWN and not (folder / path.name).exists():
            (folder / path.name).symlink_to(path, target_is_directory=True)
    return folder
