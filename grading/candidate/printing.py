"""What a submission prints, kept."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TextIO, cast

from grading.shared.output import CappedOutput


@contextlib.contextmanager
def captured() -> Iterator[CappedOutput]:
    """Keep what is printed meanwhile."""
    output = CappedOutput()
    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = cast(TextIO, output)
    try:
        yield output
    finally:
        sys.stdout, sys.stderr = before
