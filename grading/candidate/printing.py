"""What a submission prints, kept: one stream of each kind per interpreter, made once.

A handler or a default argument that holds ``sys.stdout`` since its import goes on working,
because what is swapped is where the stream's bytes go, not the stream.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Any

from grading.shared.output import CappedOutput

from .warned import own_places


class _Sink(io.BufferedIOBase):
    """Takes bytes at once, so that what goes to either stream stays in its order."""

    name = "<output>"

    def __init__(self, number: int) -> None:
        super().__init__()
        self._is_error = number == 1
        self.output: CappedOutput | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        text = self._decoder.decode(bytes(data))
        if self.output is not None and text:
            (self.output.write_error if self._is_error else self.output.write)(text)
        return len(data)

    def flush(self) -> None:
        if self.output is not None:
            self.output.flush()


def _stream(sink: _Sink) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        sink, encoding="utf-8", errors="backslashreplace", newline="\n", write_through=True
    )


_sinks = [_Sink(0), _Sink(1)]
_streams = [_stream(sink) for sink in _sinks]
_NAMES = ("stdout", "stderr", "__stdout__", "__stderr__")


def _attached(number: int) -> io.TextIOWrapper:
    """Return a stream, made anew if the submission has detached it to wrap what is below."""
    if getattr(_streams[number], "buffer", None) is None:
        sink = _Sink(number)  # whoever wraps the last one may have closed it
        _sinks.append(sink)
        _streams[number] = _stream(sink)
    return _streams[number]


@contextlib.contextmanager
def captured(output: CappedOutput | None = None) -> Iterator[CappedOutput]:
    """Keep what is printed meanwhile, in an output that is given or a new one."""
    output = CappedOutput() if output is None else output
    before = {name: getattr(sys, name, None) for name in _NAMES}
    for number, name in enumerate(_NAMES):
        setattr(sys, name, _attached(number % 2))
    outputs = [sink.output for sink in _sinks]
    for sink in _sinks:
        sink.output = output
    try:
        with own_places():
            yield output
    finally:
        for stream in _streams:
            with contextlib.suppress(ValueError):  # the submission has closed it
                stream.flush()
        for name, last in before.items():
            setattr(sys, name, last)
        for sink, former in zip(_sinks, outputs, strict=False):
            sink.output = former
