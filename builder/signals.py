"""Signals that ask a build to end: it unwinds, as at Ctrl-C."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterable, Iterator
from typing import Any


class Terminated(BaseException):
    """The process was asked to end by a signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextlib.contextmanager
def signals_as_exceptions() -> Iterator[None]:
    """Let TERM and HUP unwind as Ctrl-C does, so that nothing is left behind."""

    def raise_it(number: int, _frame: object) -> None:
        raise Terminated(number)

    with _handled(("SIGTERM", "SIGHUP"), raise_it):
        yield


@contextlib.contextmanager
def signals_held(done: str) -> Iterator[None]:
    """Let signals wait while something is done that has to be done whole, and is soon.

    Args:
        done: what is to be told with a signal that comes meanwhile.
    """
    waiting: list[int] = []

    def hold(number: int, _frame: object) -> None:
        waiting.append(number)

    with _handled(("SIGINT", "SIGTERM", "SIGHUP"), hold):
        yield
    for number in waiting[:1]:
        try:
            signal.raise_signal(number)
        except BaseException as stop:
            stop.add_note(done)
            raise


@contextlib.contextmanager
def _handled(names: Iterable[str], handler: Callable[[int, object], None]) -> Iterator[None]:
    """Have signals handled, but for those that are ignored, as by nohup."""
    before: dict[int, Any] = {}
    for name in names:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            with contextlib.suppress(ValueError):  # not in the main thread
                before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, kept in before.items():
            signal.signal(number, kept)
