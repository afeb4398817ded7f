"""The judges of a proof: one, and a second beside it where there is much to run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue
from typing import Any, TypeVar

from .exercise import Exercise
from .grade import Judge, open_judge
from .toolchain import Toolchain

# A judge and its candidate take turns, so one keeps one processor busy. A second one takes a second
# to open; until so many submissions are wanted, the first has done them by then.
MANY = 24

Item = TypeVar("Item")
Made = TypeVar("Made")


class Judges:
    """Judges of one exercise, opened when something has to be run, and closed together."""

    def __init__(self, exercise: Exercise, toolchain: Toolchain) -> None:
        self._exercise, self._toolchain = exercise, toolchain
        self._stack = ExitStack()
        self._opened: list[Judge] = []
        self._facts: dict[str, Any] | None = None

    def __enter__(self) -> Judges:
        return self

    def __exit__(self, *problem: Any) -> None:
        self._stack.__exit__(*problem)

    @property
    def first(self) -> Judge:
        """The one that is always there."""
        return self._opened[0] if self._opened else self._open()

    def adopt(self, facts: dict[str, Any]) -> None:
        """Tell all of them, now or when they are opened, what is known of the exercise."""
        self._facts = facts
        for judge in self._opened:
            judge.adopt(facts)

    def map(self, act: Callable[[Judge, Item], Made], items: Sequence[Item]) -> Iterator[Made]:
        """Yield what acts make of items, in their order; a judge is in one act at a time."""
        if len(items) >= MANY and (os.cpu_count() or 1) > 1:
            yield from self._map_by_two(act, items)
        else:
            yield from (act(self.first, item) for item in items)

    def _map_by_two(
        self, act: Callable[[Judge, Item], Made], items: Sequence[Item]
    ) -> Iterator[Made]:
        idle: SimpleQueue[Judge] = SimpleQueue()

        def made(item: Item) -> Made:
            judge = idle.get()
            try:
                return act(judge, item)
            finally:
                idle.put(judge)

        idle.put(self.first)
        with ThreadPoolExecutor(max_workers=2) as pool:
            pool.submit(lambda: idle.put(self._open()))
            try:
                yield from pool.map(made, items)
            except BaseException:
                for judge in self._opened:  # what is still under way is of no use, and may be long
                    judge.kill()
                raise

    def _open(self) -> Judge:
        opening = open_judge(self._exercise, self._toolchain, self._facts)
        self._opened.append(self._stack.enter_context(opening))
        return self._opened[-1]
