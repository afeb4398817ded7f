"""What the candidate's answers come to when they are none, in words for learners."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from grading.shared import wire
from grading.shared.explain import explain

from .answers import Answer, AnswerError, capped, parse_answer
from .described import parse_error, text_of
from .replay import check
from .report import ASK, Ending

MAX_TEXT = 4_000
MAX_CALL = 300
SILENT = (
    "Your code counts on NumPy's floating-point errors or warnings (np.errstate, np.seterr, "
    "warnings turned into errors): they never fire in WebAssembly, where it runs, so look at the "
    "values themselves, say with np.isfinite."
)

TOGETHER = "Each call before that came back, but together they take too long."
IN_TURN = "had its turn when the time ran out"

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


class CandidateEndedError(Exception):
    """The candidate is gone: what became of it comes in place of its answer."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.message)
        self.ending = ending


def answer_text(told: dict[str, Any], loading: bool = False) -> str:
    """Return the candidate's own text of a judge input.

    Raises:
        CandidateEndedError: if it sent none.
    """
    if "ended" in told:
        ending = _of_candidate(told["ended"], loading)
        raise CandidateEndedError(replace(ending, stdout=_printed(told["ended"].get("answer"))))
    answer = told["answer"]
    assert isinstance(answer, str)
    return answer


def _of_candidate(ended: dict[str, Any], loading: bool = False) -> Ending:
    kind = ended["kind"]
    if kind == "stopped":
        return Ending("stopped", "You stopped the run.", fault=None)
    if kind == "crashed":
        causes = "Endless recursion, a huge object or os._exit can do that."
        return Ending("crashed", f"Your code brought Python down. {causes}")
    run = f"{ended['seconds']:g} seconds, so it was stopped."
    seconds = f"after {run}"
    error = _interrupted(ended.get("answer"))
    place = f" It was on line {error['line']} then." if error else ""
    if loading:
        hint = "Is there a loop that never ends outside of the function?"
        return Ending("timeout", f"Your code was still being loaded {seconds}{place} {hint}", error)
    if _is_of_many(ended, error):
        return Ending("timeout", f"The run took longer than {run}{place}", is_of_many=True)
    what = "A call of your code" if ended["limit"] == "call" else "Your code"
    hint = "Is there a loop that never ends?"
    return Ending("timeout", f"{what} was still running {seconds}{place} {hint}", error)


def _is_of_many(ended: dict[str, Any], error: dict[str, Any] | None) -> bool:
    """Whether the run's time went into calls that came back, and no call is known to hang."""
    if ended["limit"] != "run":
        return bool(ended["limit"] == "tests")
    came_back = "answer" in ended and error is None
    return came_back or bool(ended["since_answer"] < ended["seconds"] / 2)


def kept_going(calls: int, last: str) -> str:
    """Return what there is to say of a test that makes ever more calls upon a learner's answers.

    Args:
        calls: how many it has made.
        last: the last of them and what came of it.
    """
    text = f"This test was still calling your code after {calls} calls: your answers keep it going."
    return f"{text} The last: {_cut(last)}."


def unheard(call: str) -> str:
    """Return what there is to say of a call that did not even say where it was."""
    call = _cut(call)
    why = "one long operation or an `except` for everything can keep it from telling its line"
    return f"It was in {call}; {why}."


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CALL else f"{text[:MAX_CALL]} …"


def _interrupted(text: str | None) -> dict[str, Any] | None:
    """Return where the learner's code was when its time was up, if it has still said so."""
    if text is None:
        return None
    try:
        error = parse_error(wire.parse(text)["error"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None  # it came to an end by itself, too late
    if error["type"] != "KeyboardInterrupt" or error["line"] is None:
        return None
    head, _, _ = error["traceback"].rpartition("KeyboardInterrupt")
    return {**error, "type": "TimeoutError", "traceback": f"{head}TimeoutError\n"}


def _printed(text: str | None) -> str:
    """Return what the learner's code printed until its time was up, if it has still said so."""
    try:
        return capped([text_of(wire.parse(text or "")["stdout"])])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""


def _tampered() -> Ending:
    text = "Your code changed the Python that runs it, so its answer cannot be read."
    return Ending("crashed", f"{text} Leave built-in functions and modules as they are.")


def other_tests() -> Ending:
    """Return the ending of a run whose tests are not the recorded ones."""
    return Ending("error", f"The tests are not those of the build. {ASK}", fault="exercise")


@dataclass(frozen=True)
class Loaded:
    """What a submission printed while it loaded, and why it did not load, if it did not.

    Attributes:
        hint: what is said of code that fails, whatever it fails on.
        remembers: whether it may remember something of earlier calls.
    """

    stdout: str
    ending: Ending | None = None
    hint: str = ""
    remembers: bool = False


def loaded(text: str) -> Loaded:
    """Return how a submission loaded."""
    try:
        raw = wire.parse(text)
        kind, stdout = raw["kind"], capped([text_of(raw["stdout"])])
        if kind == "invalid":
            return Loaded(stdout, Ending("invalid", shown(text_of(raw["message"]))))
        if kind == "raised":
            error = parse_error(raw["error"])
            return Loaded(stdout, Ending("error", explain(error, is_loading=True), error))
        if kind != "loaded":
            raise AnswerError("no kind of answer")
        hint = SILENT if raw.get("counts_on_warnings") is True else ""
        return Loaded(stdout, hint=hint, remembers=raw.get("remembers") is True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CandidateEndedError(_tampered()) from None


def answer(text: str, call: str | None) -> Answer:
    """Return a candidate's answer to a call; one that cannot be read ends the candidate."""
    try:
        said = parse_answer(text)
        check(call or "", said)
        return said
    except AnswerError:
        raise CandidateEndedError(_tampered()) from None


def shown(text: str) -> str:
    """Return a text as it may be shown: of bounded length, without addresses in memory."""
    text = _ADDRESS.sub("", text)
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]} …"
