"""Arrays that are given another form in place, as ``a.shape = …`` does to the caller's."""

from __future__ import annotations

from typing import Any

import numpy as np


def take_form(target: np.ndarray[Any, Any], content: np.ndarray[Any, Any]) -> None:
    """Give an array another's size, dtype and shape.

    Raises:
        ValueError: if its memory does not allow it; TypeError and AttributeError, too.
    """
    if target.nbytes != content.nbytes:
        target.resize(content.shape, refcheck=False)
    if target.dtype != content.dtype:
        target.dtype = content.dtype  # type: ignore[misc]  # deprecated, and what learners do
    if target.shape != content.shape:
        target.shape = content.shape
