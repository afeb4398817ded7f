"""The five hidden tests of label_smoothing_loss."""

import itertools
import random
from collections.abc import Sequence

import numpy as np
from expected import as_number, check_loss, describe, is_close, refuse_int_refused, require, show

from solution import label_smoothing_loss

PLAIN = "With alpha = 0 the loss is plain cross-entropy, -log_softmax(logits)[target]."
FORMULA = "The loss is the cross-entropy against the smoothed target, which sums to 1."
CONFIDENT = "A confident correct prediction: about 0 without smoothing, more with it."
GROWTH = "Each alpha has its own loss, by the same formula."
LARGE = "Only differences between logits matter, however large the logits are."


def floats(values: Sequence[float]) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def integers(values: Sequence[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def random_logits(seed: int, size: int) -> np.ndarray:
    # Python's generator, because its bytes are the same on every platform.
    sixteen_bits = np.frombuffer(random.Random(seed).randbytes(2 * size), "<i2")
    return (sixteen_bits >> 6) / 64.0


def check_case(logits: np.ndarray, target: int, alpha: float, rule: str) -> float:
    """Call the function once, hold its answer to the formula and return it."""
    __tracebackhide__ = True
    before = logits.copy()
    try:
        got = label_smoothing_loss(logits, target, alpha)
    except (AssertionError, TypeError, ValueError) as problem:
        refuse_int_refused(problem, before, target, alpha)
        raise
    return check_loss(got, before, target, alpha, rule)


def test_alpha_zero() -> None:
    """alpha=0 reduces to plain cross-entropy"""
    check_case(floats([1.0, 2.0, 3.0, 0.5]), 2, 0, PLAIN)
    check_case(floats([1.0, 2.0, 3.0, 0.5]), 0, 0.0, PLAIN)
    check_case(floats([1.5, -2.0, 3.0, 0.25, 1.0]), 4, 0.0, PLAIN)
    check_case(floats([-4.25, -1.5, -9.0, -2.75, -0.5]), 1, 0.0, PLAIN)
    check_case(integers([3, -1, 4, 1, -5]), 3, 0.0, PLAIN)
    check_case(floats([0.75, -1.25]), 1, 0.0, PLAIN)
    check_case(random_logits(seed=11, size=20), 7, 0.0, PLAIN)
    check_case(floats([1.5, 3.0, 3.0, -0.5]), 1, 0.0, PLAIN)
    check_case(floats([2.0, -1.0, 2.0, 4.0]), 0, 0.0, PLAIN)


def test_formula() -> None:
    """Diagnostic: matches the explicit smoothed formula"""
    check_case(floats([0.5, -1.5, 2.0, -3.0, -0.25, 4.0]), 2, 0.1, FORMULA)
    check_case(floats([1.0, 2.0, 3.0, 0.5]), 0, 0.1, FORMULA)
    check_case(floats([2.5, -1.0, 0.5, 3.0, -0.75]), 4, 0.3, FORMULA)
    check_case(floats([-3.0, -1.0, -7.5, -0.25]), 2, 0.2, FORMULA)
    check_case(random_logits(seed=12, size=10), 6, 0.15, FORMULA)
    check_case(random_logits(seed=13, size=100), 41, 0.1, FORMULA)
    check_case(integers([3, 0, -2, 5]), 1, 0.25, FORMULA)
    check_case(floats([0.75, -1.5]), 1, 0.2, FORMULA)
    check_case(floats([0.5, -2.0, 4.0, 1.0]), 1, 1.0, FORMULA)
    check_case(floats([2.5]), 0, 0.1, FORMULA)
    check_case(floats([1.5, 3.0, 3.0, -0.5]), 3, 0.3, FORMULA)
    check_case(floats([2.0, -1.0, 2.0, 4.0]), 2, 0.2, FORMULA)
    check_case(floats([0.5, -2.0, 4.0, 1.0]), 0, 1, FORMULA)
    check_case(random_logits(seed=14, size=1200), 77, 0.1, FORMULA)
    check_arguments_alone_decide()
    check_logits_stay_as_they_were()
    fixed = floats([1.25, -0.5, 2.0, 6.5])
    fixed.flags.writeable = False
    check_case(fixed, 1, 0.1, "The logits may be a read-only array.")


def check_arguments_alone_decide() -> None:
    """Ask for f(a), f(b), f(a), where a and b differ in the logits only."""
    __tracebackhide__ = True
    values, others = [4.0, -1.0, 0.5], [-2.0, 1.5, 3.0]
    first = check_case(floats(values), 1, 0.2, FORMULA)
    case = describe(floats(others), 1, 0.2)
    second = as_number(label_smoothing_loss(floats(others), 1, 0.2), case)
    require(
        not is_close(second, first),
        "The result has to depend on the arguments only, but this call got the answer of the "
        f"call before it, which had other logits.\nCase: {case}\nGot: {show(second)}",
    )
    check_loss(second, floats(others), 1, 0.2, FORMULA)
    case = describe(floats(values), 1, 0.2)
    again = as_number(label_smoothing_loss(floats(values), 1, 0.2), case)
    require(
        is_close(again, first),
        "The result has to depend on the arguments only, but the same call gave two results, "
        f"with another call between.\nCase: {case}\nFirst: {show(first)}\nThen: {show(again)}",
    )


def check_logits_stay_as_they_were() -> None:
    """Compare the logits after a call with a copy from before it."""
    __tracebackhide__ = True
    for logits in (floats([-1.0, 3.5, 2.0]), integers([4, 7, -2])):
        before = logits.copy()
        check_case(logits, 0, 0.1, FORMULA)
        case = f"Case: {describe(before, 0, 0.1)}\nAfter the call: "
        for form, was, came in (
            ("shape", before.shape, logits.shape),
            ("dtype", before.dtype, logits.dtype),
        ):
            require(
                was == came,
                "The logits array has to stay as it was, but the function changed its "
                f"{form} in place.\n{case}{form} {came}, not {was}",
            )
        shown = ", ".join(show(score) for score in logits)
        require(
            np.array_equal(logits, before),
            "The logits array has to stay as it was, but the function changed it in place.\n"
            f"{case}logits = [{shown}]",
        )


def test_confidence() -> None:
    """Smoothing INCREASES loss for a perfectly-confident correct prediction"""
    # All classes differ, so that a wrong loss tells which was scored in place of the target: the
    # class before it, the last, the smallest, or one by its rank.
    check_smoothing_adds([-1.0, -4.0, 100.0, 0.0, -6.0, -3.0, 1.0, 2.0], 2)
    check_smoothing_adds([60.0, 0.0, -4.0], 0)
    check_smoothing_adds([-3.0, 1.0, 0.0, -80.0, 45.0], 4)


def check_smoothing_adds(values: Sequence[float], target: int) -> None:
    """Compare alpha = 0 with alpha = 0.1."""
    __tracebackhide__ = True
    plain = check_case(floats(values), target, 0.0, CONFIDENT)
    case = describe(floats(values), target, 0.1)
    smoothed = as_number(label_smoothing_loss(floats(values), target, 0.1), case)
    require(
        smoothed > plain,
        "Smoothing has to increase the loss of a confident correct prediction.\n"
        f"Case: {case}\nWith alpha = 0: {show(plain)}\nWith alpha = 0.1: {show(smoothed)}",
    )
    check_loss(smoothed, floats(values), target, 0.1, CONFIDENT)


def test_growth() -> None:
    """Larger alpha gives larger loss (more regularisation)"""
    check_growth([0.5, -1.25, 4.0, 2.0], 2, [0.0, 0.1, 0.3, 0.6, 1.0])
    check_growth([1.5, -2.0, 3.0, -4.0, 0.0], 0, [0.05, 0.2, 0.9])


def check_growth(values: Sequence[float], target: int, alphas: Sequence[float]) -> None:
    """Hold the losses to a rising straight line in alpha; needs z[target] > mean(z)."""
    __tracebackhide__ = True
    losses = []
    for alpha in alphas:
        case = describe(floats(values), target, alpha)
        losses.append(as_number(label_smoothing_loss(floats(values), target, alpha), case))
    points = list(zip(alphas, losses, strict=True))
    slope = values[target] - sum(values) / len(values)
    for (alpha, loss), (next_alpha, next_loss) in itertools.pairwise(points):
        step = (
            f"Case: {describe(floats(values), target, alpha)}, then alpha = {show(next_alpha)}\n"
            f"Losses: {show(loss)}, then {show(next_loss)}"
        )
        require(next_loss > loss, f"A larger alpha has to give a larger loss here.\n{step}")
        # Coarse on purpose: what is lost to rounding is for check_loss to name.
        got = (next_loss - loss) / (next_alpha - alpha)
        require(
            abs(got - slope) <= 1e-3 * slope,
            "The loss has to grow with alpha in a straight line, by logits[target] - "
            f"mean(logits) = {show(slope)} per unit of alpha, but it grows by {show(got)}.\n{step}",
        )
    for alpha, loss in points:
        check_loss(loss, floats(values), target, alpha, GROWTH)


def test_large_logits() -> None:
    """Numerically stable for large logits"""
    # Each case overflows, or underflows, for mistakes that those before it let pass: so the first
    # that fails tells which one was made.
    check_case(floats([400.0, 401.5, 398.0, 399.0]), 0, 0.1, LARGE)
    check_case(floats([300.0, 900.0]), 0, 0.1, LARGE)
    check_case(floats([1000.0, 1001.0, 1002.0]), 0, 0.1, LARGE)
    check_case(floats([0.0] * 5 + [718.0] + [0.0] * 94), 7, 0.1, LARGE)
    check_case(floats([0.0, 2000.0, -5.0, 3.0]), 0, 0.1, LARGE)
    check_case(floats([-2000.0, 5.0, 3.0]), 2, 0.2, LARGE)
    check_case(floats([-1000.0, -1001.5, -999.0]), 1, 0.2, LARGE)
    check_case(floats([10000.0, -10000.0, 9999.5, 0.0]), 2, 0.1, LARGE)
    check_case(integers([1000, 0, -1000]), 2, 0.05, LARGE)
    check_case(floats([-700.0, 800.0]), 0, 0.0, LARGE)
