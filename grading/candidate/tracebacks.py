"""Exceptions as Python tells them, but of the learner's own part alone."""

from __future__ import annotations

import traceback
from typing import Any

from grading.shared.output import MAX_MESSAGE, MAX_OUTPUT

FILE = "solution.py"
# What was typed into a console is a file of its own each time, by its number.
TYPED = "<typed "
MAX_FRAMES = 20
MAX_NOTES = 10
# So many exceptions that led to one another, or stand side by side in a group, or in groups.
MAX_CHAIN = 5
MAX_GROUP_DEPTH = 3


class _OwnFrames(traceback.StackSummary):
    """The last of a learner's own frames."""

    earlier = 0

    def format(self, **given: Any) -> list[str]:
        lines = super().format(**given)
        return [f"  … {self.earlier} earlier frames\n", *lines] if self.earlier else lines


def tell(problem: BaseException) -> traceback.TracebackException:
    """Return an exception as Python tells it, with only what lies in the learner's file.

    Of what led to it, what a library has raised and caught by itself is left out.
    """
    told = traceback.TracebackException.from_exception(
        problem, compact=True, max_group_width=MAX_CHAIN, max_group_depth=MAX_GROUP_DEPTH
    )
    every, strange = [told], set()
    for each in every:
        every += [link for link in (_cause(each), *(each.exceptions or ())) if link is not None]
        if not _keep_own(each):
            strange.add(id(each))
    for each in every:
        _link(each, strange)
    _cut_chain(told)
    return told


def is_own(file: str | None) -> bool:
    """Whether a file is the learner's, or was typed into a console."""
    return type(file) is str and (file == FILE or file.startswith(TYPED))


def as_text(told: traceback.TracebackException) -> str:
    """Return the text of an exception; of one that is too long, the end."""
    text = "".join(told.format())
    return text if len(text) <= MAX_OUTPUT else f"…\n{text[2 - MAX_OUTPUT :]}"


def _cause(told: traceback.TracebackException) -> traceback.TracebackException | None:
    return told.__cause__ or told.__context__  # of the two only the one that Python would show


def _keep_own(told: traceback.TracebackException) -> bool:
    """Drop what is not the learner's; return whether anything is."""
    own = [frame for frame in told.stack if is_own(frame.filename)]
    has_own = bool(own) or not told.stack
    told.stack = _OwnFrames(own[-MAX_FRAMES:])
    told.stack.earlier = max(0, len(own) - MAX_FRAMES)
    told._str = told._str[:MAX_MESSAGE]  # type: ignore[attr-defined]
    if type(told.__notes__) is list:
        told.__notes__ = [str(note)[:MAX_MESSAGE] for note in told.__notes__[:MAX_NOTES]]
    if getattr(told, "exc_type_module", None) == "solution":  # older Pythons know it not
        told.exc_type_module = "__main__"  # type: ignore[attr-defined]
    return has_own


def _link(told: traceback.TracebackException, strange: set[int]) -> None:
    """Let what led to an exception be the nearest that is the learner's."""
    for name in ("__cause__", "__context__"):
        link = getattr(told, name)
        while link is not None and id(link) in strange:
            link = _cause(link)
        setattr(told, name, link)


def _cut_chain(told: traceback.TracebackException) -> None:
    last: traceback.TracebackException | None = told
    for _ in range(MAX_CHAIN):
        last = _cause(last) if last else None
    if last is not None:
        last.__cause__ = last.__context__ = None
