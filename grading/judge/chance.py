"""Chance as tests meet it: put into one state after another, and watched for what draws of it."""

from __future__ import annotations

import os
import pickle
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from grading.shared import library


class Chance:
    """The states of chance in which one test is executed.

    Attributes:
        counts: whether the execution just ended has drawn what may be something else in the next.
    """

    def __init__(self, folder: Path) -> None:
        self.counts = False
        self._generators = list(_lasting(folder))
        self._is_fresh = False
        self._left: object = None

    @contextmanager
    def state(self, seed: int) -> Iterator[None]:
        """Have what is drawn, and what nobody has seeded, come of a seed for one execution."""
        library.reseed(seed)
        begun, self._is_fresh = self._states(), False
        source = random.Random(seed)
        with pytest.MonkeyPatch.context() as patches:
            patches.setattr(os, "urandom", self._drawing(source))
            # Of it `secrets` draws, and so does what seeds NumPy's generators.
            patches.setattr(random, "_urandom", self._drawing(source))
            patches.setattr(random.Random, "seed", self._seeding(source, random.Random.seed))
            yield
        left = self._states()
        # What is seeded in the execution is left alike, wherever it began.
        self.counts = self._is_fresh or left not in (begun, self._left)
        self._left = left

    def _drawing(self, source: random.Random) -> Callable[[int], bytes]:
        def urandom(size: int) -> bytes:
            self._is_fresh = True
            return source.randbytes(size)

        return urandom

    def _seeding(self, source: random.Random, seed: Callable[..., None]) -> Callable[..., None]:
        def seeding(generator: random.Random, a: Any = None, version: int = 2) -> None:
            self._is_fresh |= a is None
            seed(generator, source.getrandbits(64) if a is None else a, version)

        return seeding

    def _states(self) -> bytes | object:
        try:
            return pickle.dumps(self._generators)
        except Exception:  # of a class that an author wrote
            return object()  # like no other


def _lasting(folder: Path) -> Iterator[Any]:
    """Yield the generators that outlast an execution: those that all code shares, and constants."""
    numpys: Any = sys.modules.get("numpy.random")
    yield random._inst
    kinds: tuple[type, ...] = (random.Random,)
    if numpys is not None:
        yield numpys.mtrand._rand
        kinds += (numpys.Generator, numpys.RandomState)
    for module in list(sys.modules.values()):
        if str(getattr(module, "__file__", None)).startswith(str(folder)):
            yield from (value for value in vars(module).values() if isinstance(value, kinds))
