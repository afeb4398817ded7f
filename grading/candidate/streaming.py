"""What is printed and shown while code runs, sent to the page in bounded pieces."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import monotonic
from typing import Any

from grading.shared.output import MAX_OUTPUT, CappedOutput

from .showing import shown

Send = Callable[[str], None]

# A text without an end of line waits for more, until there is so much.
_ENOUGH = 1_000
# So long (s) after a piece what is flushed goes at once; with each piece it grows by a part of it.
_PAUSE = 0.05
_SLOWER = 50
# Of one piece of code so many values are shown, and so many characters of them.
MAX_VALUES = 100
MAX_SHOWN = 3 * MAX_OUTPUT


class StreamedOutput(CappedOutput):
    """Sends what is printed: each line when it ends, and what is flushed, but not too often."""

    def __init__(self, send: Send) -> None:
        super().__init__()
        self._send = send
        self._sent = 0.0
        self._count = 0
        self._values = MAX_VALUES
        self._characters = MAX_SHOWN
        self.closed_for_good = False

    def _keep(self, text: str) -> None:
        super()._keep(text)
        waiting = sum(map(len, self.parts))
        if "\n" in text or waiting > _ENOUGH:
            self.pass_on()

    def flush(self) -> None:
        """Send what waits, unless something has just been sent."""
        if monotonic() - self._sent > _PAUSE * (1 + self._count / _SLOWER):
            self.pass_on()

    def pass_on(self) -> None:
        """Send what waits."""
        text = "".join(self.parts)
        self.parts.clear()
        if text:
            self._tell(out=text)

    def show(self, value: Any) -> None:
        """Send a value, after all that was printed before it."""
        if self._values <= 0 or self._characters <= 0:
            return
        said = shown(value)
        self.pass_on()
        self._values -= 1
        self._characters -= len(said["text"])
        self._tell(value=said)
        if self._values <= 0 or self._characters <= 0:
            self._tell(out="… (more values were left out)\n")

    def close_for_good(self) -> None:
        """Send nothing more: what runs on is not wanted."""
        self.pass_on()
        self.closed_for_good = True

    def _tell(self, **said: Any) -> None:
        if self.closed_for_good:
            return
        self._sent = monotonic()
        self._count += 1
        self._send(json.dumps(said))
