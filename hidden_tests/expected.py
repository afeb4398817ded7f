"""The expected loss, written out term by term, and the checks that compare with it."""

import math
import re
from collections.abc import Sequence

import numpy as np
import pytest

RTOL = 1e-9
ATOL = 1e-9

# Below this the first digits agree: rounding (float32, an epsilon, round), not a wrong formula.
ROUNDING = 1e-5

SHOWN_LOGITS = 8

# What a function says that refuses an alpha for its type: it names both. A range that it names as
# well may be what alpha is refused for, unless a TypeError says it; so may another argument.
OF_ALPHA = re.compile(r"(?<![.\w])(?:alpha|α)(?!\w)", re.IGNORECASE)
OF_TYPES = re.compile(
    r"\b(?:types?|isinstance|instance|float(?:64|s|ing)?|int(?:64|egers?|s)?|numbers?|numeric|real)\b",
    re.IGNORECASE,
)
OF_A_RANGE = re.compile(
    r"[\[(]\s*0(?:\.0*)?\s*,|[<>≤≥]=?\s*[\d.]|[\d.]\s*[<>≤≥]"
    r"|\b(?:between|range|inside|outside|within|interval|positive|negative|non-?zero|zero"
    r"|greater|larger|bigger|more|less|smaller|least|most|above|below|from 0)\b",
    re.IGNORECASE,
)
OF_OTHERS = re.compile(r"\b(?:logits?|targets?)\b", re.IGNORECASE)


def smoothed_target(size: int, target: int, alpha: float) -> list[float]:
    """Return the smoothed distribution over ``size`` classes; it sums to 1."""
    soft = [alpha / size] * size
    soft[target] += 1 - alpha
    return soft


def expected_loss(logits: Sequence[float] | np.ndarray, target: int, alpha: float) -> float:
    """Return the cross-entropy of softmax(logits) against the smoothed distribution."""
    scores = [float(score) for score in logits]
    top = max(scores)
    log_total = math.log(math.fsum(math.exp(score - top) for score in scores))
    soft = smoothed_target(len(scores), target, alpha)
    terms = zip(soft, scores, strict=True)
    return math.fsum(weight * (log_total - (score - top)) for weight, score in terms)


def is_close(got: float, want: float) -> bool:
    """Tell whether two finite losses agree to the tolerance of these tests."""
    return abs(got - want) <= ATOL + RTOL * abs(want)


def require(holds: bool, message: str) -> None:
    """Fail the test with a message for the learner, and nothing else."""
    __tracebackhide__ = True
    if not holds:
        pytest.fail(message, pytrace=False)


def show(number: float) -> str:
    """Return six digits; what is 0 to the tolerance is 0, so that no noise is shown."""
    return "0" if abs(number) <= ATOL else f"{number:.6g}"


def describe(logits: np.ndarray, target: int, alpha: float) -> str:
    """Return the case as a learner would type it; long logits are cut short."""
    shown = ", ".join(show(score) for score in logits[:SHOWN_LOGITS])
    if len(logits) > SHOWN_LOGITS:
        shown += f", ... ({len(logits)} values)"
    kind = "an integer array, " if logits.dtype == np.int64 else ""
    return f"logits = [{shown}], {kind}target = {target}, alpha = {show(alpha)}"


def as_number(got: object, case: str) -> float:
    """Return ``got``; fail unless it is one finite float."""
    __tracebackhide__ = True
    if not isinstance(got, float) or type(got) not in (float, np.float64):
        pytest.fail(f"Expected a float, but {name_type(got)}.\nCase: {case}", pytrace=False)
    require(
        math.isfinite(got),
        f"The loss is {got:.6g}, but it has to be finite: exp overflowed, the log of 0 or of a "
        "negative number was taken, or something was divided by 0, as alpha may be.\nSubtract the "
        "maximum before exp, and take the log of the sum, not of each probability.\n"
        f"Case: {case}",
    )
    return got


def refuse_int_refused(problem: Exception, logits: np.ndarray, target: int, alpha: float) -> None:
    """Fail with the reason if a call was refused for its alpha, an int."""
    __tracebackhide__ = True
    require(
        type(alpha) is not int or not refuses_its_type(problem),
        f"Your code raised {type(problem).__name__} ({problem}) where alpha was the int {alpha}: "
        "0 and 1 may be given as int, too, as example 1 does.\n"
        f"Case: {describe(logits, target, alpha)}",
    )


def refuses_its_type(problem: Exception) -> bool:
    """Whether the words of an exception refuse alpha, and for its type."""
    words = str(problem)
    if not (OF_ALPHA.search(words) and OF_TYPES.search(words)) or OF_OTHERS.search(words):
        return False
    return isinstance(problem, TypeError) or not OF_A_RANGE.search(words)


def name_type(got: object) -> str:
    """Say what came back instead of a float."""
    name = type(got).__name__
    if got is None:
        return "the function returned None (is there a return statement?)"
    if isinstance(got, np.ndarray):
        return f"the function returned an array (ndarray) of shape {got.shape}"
    if name in ("float16", "float32"):
        return f"the function returned a {name}: compute in float64"
    return f"the function returned a value of type {name}"


def check_loss(got: object, logits: np.ndarray, target: int, alpha: float, rule: str) -> float:
    """Return ``got``; fail unless it is the expected loss. ``rule`` says what has to hold."""
    __tracebackhide__ = True
    case = describe(logits, target, alpha)
    loss = as_number(got, case)
    want = expected_loss(logits, target, alpha)
    if abs(loss - want) <= ROUNDING * max(1.0, abs(want)):
        answer = (
            "nearly that, but not to nine digits: compute in float64, add nothing (no small "
            "epsilon) inside the logarithm, and do not round the result."
        )
    else:
        answer = show(loss)
    require(
        is_close(loss, want),
        f"{rule}\nCase: {case}\nExpected: {show(want)}\nGot: {answer}",
    )
    return loss
