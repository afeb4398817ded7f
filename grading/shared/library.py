"""The files behind the imports: put aside before a snapshot, put back after a restore.

A restored interpreter has what was imported before the snapshot. The rest of the library arrives
later; until then an import of anything else asks for it (`wanted`) and gives up, and the page
repeats the request once the library is there.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.machinery
import sys
import zipimport
from typing import Any

from .paths import STDLIB_ZIP

wanted = {"wanted": False}


class LibraryWanted(BaseException):
    """A module is asked for that only the library holds, and the library is not there yet."""


class _Gate:
    """The last finder of all: what it is asked for, nobody else has found."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        wanted["wanted"] = True
        raise LibraryWanted(name)


_gate = _Gate()


def detach() -> None:
    """Forget the files, so that the heap can be captured without them."""
    # loadPyodide puts "" first once more after a restore.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", STDLIB_ZIP)]
    sys.path_importer_cache.clear()
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
    getattr(sys, "_clear_internal_caches")()  # noqa: B009  (newer than the oldest Python here)
    sys.meta_path.append(_gate)
    gc.collect()


def attach() -> None:
    """Find modules again, once their files have been written."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not _gate]
    if STDLIB_ZIP not in sys.path:
        sys.path.insert(1 if sys.path[:1] == [""] else 0, STDLIB_ZIP)
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
    sys.path_importer_cache.clear()
    _forget_what_is_missing()
    wanted["wanted"] = False


def _forget_what_is_missing() -> None:
    """Have each finder look again; one of the learner's own that raises is no reason not to."""
    for finder in (*sys.meta_path, importlib.machinery.PathFinder):
        forget = getattr(finder, "invalidate_caches", None)
        with contextlib.suppress(Exception):
            if forget is not None:
                forget()


def reseed(seed: int | None = None) -> None:
    """Replace the random state that every restored interpreter would share."""
    for name in ("random", "numpy.random"):
        module = sys.modules.get(name)
        if module is not None:
            module.seed(seed)
