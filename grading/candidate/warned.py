"""How warnings are written while a submission runs: with its own places, and none of the page's."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterator

from .tracebacks import is_own

_AS_PYTHON_DOES = warnings.formatwarning
_NEVER_AWAITED = re.compile(r"coroutine '.*' was never awaited")


def _written(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    line: str | None = None,
) -> str:
    if is_own(filename):
        return _AS_PYTHON_DOES(message, category, filename, lineno, line)
    said = str(message)
    # It is dropped where nothing of the submission's runs: it could not be awaited, or is kept.
    is_ours = category is RuntimeWarning and _NEVER_AWAITED.fullmatch(said)
    return "" if is_ours else f"{category.__name__}: {said}\n"


@contextlib.contextmanager
def own_places() -> Iterator[None]:
    """Name meanwhile, in warnings, no file but the submission's, unless that writes its own."""
    before = warnings.formatwarning
    if before is _AS_PYTHON_DOES:
        warnings.formatwarning = _written
    try:
        yield
    finally:
        if warnings.formatwarning is _written:
            warnings.formatwarning = before
