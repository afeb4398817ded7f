"""Engines in Node that tests share: one that nobody uses any more is the next one's.

To start one and open an exercise takes 3.2 s of processor time; in one that has had another open,
whose candidate stays, and without V8's second compiler, half of that (psutil's `cpu_times`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.engine import Engine
from builder.toolchain import Toolchain

# It takes a quarter of the work of what runs for seconds.
_FLAGS = ("--liftoff-only",)


class EnginePool:
    """Engines that are idle, by their script."""

    def __init__(self) -> None:
        self._idle: dict[Path, list[Engine]] = {}

    @contextmanager
    def open(self, toolchain: Toolchain) -> Iterator[Engine]:
        """Open an engine for a while, as `builder.engine.open_engine` does."""
        script = toolchain.script("engine").resolve()
        idle = self._idle.setdefault(script, [])
        engine = idle.pop() if idle else Engine(script, _FLAGS)
        try:
            yield engine
        finally:
            if engine.is_alive:
                idle.append(engine)
            else:
                engine.close()

    def close(self) -> None:
        """End all that are idle."""
        for idle in self._idle.values():
            while idle:
                idle.pop().close()
