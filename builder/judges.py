"""The judges of a proof: one, and a second beside it where there is much to run."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue
from typing import Any, TypeVar

from .engine import Engine, open_engine, open_request
from .exercise import Exercise
from .grade import Judge
from .restorable import restorable
from .toolchain import Toolchain

# A judge and its candidate take turns, so one keeps one processor busy. A second one takes a second
# to open; until so many submissions are wanted, the first has done them by then.
MANY = 24

Made = TypeVar("Made")


class _Opening:
    """A judge to be opened in a lane of an engine, which has the exercise once there is work."""

    def __init__(
        self, engine: Engine, exercise: Exercise, request: dict[str, Any], lane: int
    ) -> None:
        self._engine, self._lane = engine, lane
        self._exercise, self._request = exercise, request
        self._judge: Judge | None = None
        self._known: dict[str, Any] | None = None

    def judge(self, facts: dict[str, Any] | None) -> Judge:
        """Return the judge, which knows these facts of its exercise."""
        if self._judge is None:
            self._judge = Judge(self._engine, self._exercise, self._request, self._lane)
        if facts is not self._known and facts is not None:
            self._judge.adopt(facts)
            self._known = facts
        return self._judge


class Judges:
    """Judges of one exercise, opened when something has to be run, and closed together.

    Args:
        exercise: whose tests they run.
        toolchain: the tools of the build.
        submissions: about how many they will be asked for.
    """

    def __init__(self, exercise: Exercise, toolchain: Toolchain, submissions: int) -> None:
        self._exercise, self._toolchain = exercise, toolchain
        self._count = 2 if submissions >= MANY and (os.cpu_count() or 1) > 1 else 1
        self._pool = ThreadPoolExecutor(self._count)
        self._stack = ExitStack()
        self._engine: Engine | None = None
        self._idle: SimpleQueue[_Opening] = SimpleQueue()
        self._facts: dict[str, Any] | None = None

    def __enter__(self) -> Judges:
        return self

    def __exit__(self, *problem: Any) -> None:
        if problem[0] is not None and self._engine is not None:
            self._engine.kill()  # what is still under way is of no use, and may be long
        self._pool.shutdown(cancel_futures=True)
        self._stack.__exit__(*problem)

    def adopt(self, facts: dict[str, Any]) -> None:
        """Tell all of them, before they act next, what is known of the exercise."""
        self._facts = facts

    def submit(self, act: Callable[[Judge], Made]) -> Future[Made]:
        """Have something done by a judge that is idle, what came first before what came later."""
        if self._engine is not None:
            return self._pool.submit(self._made, act)
        self._start()

        def first(judge: Judge) -> Made:
            # What nothing waits for comes second: the others open while this one is at work.
            for _ in range(1, self._count):
                self._pool.submit(self._made, lambda _judge: None)
            return act(judge)

        return self._pool.submit(self._made, first)

    def _start(self) -> None:
        engine = self._engine = self._stack.enter_context(open_engine(self._toolchain))
        # Here, where nothing else runs: it makes what no build has made before.
        snapshots = restorable(self._exercise, self._toolchain)
        request = open_request(self._exercise, self._toolchain, False, snapshots)
        for lane in range(self._count):
            self._idle.put(_Opening(engine, self._exercise, request, lane))

    def _made(self, act: Callable[[Judge], Made]) -> Made:
        opening = self._idle.get()
        try:
            return act(opening.judge(self._facts))
        finally:
            self._idle.put(opening)
