"""What a restored interpreter does first: show that it works, and draw its own random numbers."""

from __future__ import annotations

import numpy as np

from . import library


def check_and_reseed() -> None:
    """Use the interpreter in ways that a memory laid wrongly does not survive, then reseed it.

    Raises:
        ArithmeticError: if a result is not the right one.
    """
    results = [
        np.arange(6).sum() == 15,
        np.linalg.svd(np.eye(3), compute_uv=False).tolist() == [1.0, 1.0, 1.0],
        np.array([[1, 2], [3, 4]]).sum(axis=0, keepdims=True).tolist() == [[4, 6]],
    ]
    if not all(results):
        raise ArithmeticError(f"the restored interpreter computes wrongly: {results}")
    library.reseed()
