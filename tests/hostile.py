"""Submissions that a page has to withstand: one table, run in Node and in every browser engine."""

from __future__ import annotations

from dataclasses import dataclass

from .limits import HURRIED, PATIENT, Limits

ACCEPTED = "accepted"
WRONG = "wrong, said clearly"
INVALID = "invalid"
ERROR = "error with the learner's own line"
TIMEOUT = "timeout"
CRASH = "crash survived"
TAMPERING = "tampering, never a pass"
CONTAINED = "nothing gets out"
TEXT = "shown as text"

# What a trick breaks of its interpreter decides which of these it gets; a pass it never gets.
NO_PASS = "failed|error|invalid|timeout|crashed"
BROKEN = "error|crashed|timeout"

SAME = "as in Chromium"


@dataclass(frozen=True)
class Row:
    """A submission and what has to become of it.

    Attributes:
        name: what it does.
        category: one of the constants above.
        source: its code; ``{url}`` and ``{port}`` stand for those of the server.
        outcomes: the verdicts that are right, with ``|`` between them.
        says: words of the verdict's or of a test's message; ``{seconds}`` stands for the time
            limit of a call.
        line: the line of the submission that the error has to name.
        in_node: the verdicts that are right in Node, where its candidate truly differs.
        elsewhere: the verdicts that are right in Firefox and WebKit; None where only Chromium is
            asked.
    """

    name: str
    category: str
    source: str
    outcomes: str
    says: str = ""
    line: int | None = None
    in_node: str = SAME
    elsewhere: str | None = None

    def __str__(self) -> str:
        return f"{self.category}: {self.name}"

    @property
    def is_risky(self) -> bool:
        """Whether the run that follows has to be shown to be sound."""
        return self.category in (TIMEOUT, CRASH, TAMPERING)

    @property
    def limits(self) -> Limits:
        """What its run may take: where time may be up, that is to be soon."""
        return HURRIED if "timeout" in self.outcomes.split("|") else PATIENT

    @property
    def must_agree(self) -> bool:
        """Whether the report in Node and the page's have to be equal."""
        # Where exactly a loop is when its time is up is chance.
        return self.in_node == SAME and "|" not in self.outcomes and self.category != TIMEOUT

    @property
    def wants_browser(self) -> bool:
        """Whether only a browser can show what the row is about."""
        return self.is_risky or self.category in (CONTAINED, TEXT) or self.elsewhere is not None

    def right_in(self, place: str) -> list[str]:
        """Return the verdicts that are right in an engine, or in Node."""
        own = {"node": self.in_node, "chromium": SAME}.get(place, self.elsewhere)
        return (self.outcomes if own == SAME else own or "").split("|")


def function(body: str, top: str = "") -> str:
    """Return a submission whose function does this, below some text."""
    lines = "\n".join(f"    {line}" for line in body.strip("\n").splitlines())
    head = f"import numpy as np\n{top.strip()}\n\n"
    return f"{head}def label_smoothing_loss(logits, target, alpha):\n{lines}\n"


def trying(attempt: str, then: str) -> str:
    """Return a submission that attempts something, whatever comes of it, and goes on."""
    lines = "\n".join(f"    {line}" for line in attempt.strip("\n").splitlines())
    return f"try:\n{lines}\nexcept BaseException:\n    pass\n\n{then}"


LOOP = function("while True: pass")
