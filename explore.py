"""What "Your function" draws: the loss against alpha, and the target that the losses imply."""

from collections.abc import Callable, Iterator

import numpy as np

Loss = Callable[[np.ndarray, int, float], float]

ALPHAS = np.linspace(0.0, 1.0, 21)
TARGET = 2

# No loss may notice a constant that is added to all scores: those near 1000 are to show that.
KINDS = {
    "sure and right": np.array([0.0, 0.5, 6.0, -0.5]),
    "sure and wrong": np.array([6.0, 0.5, 0.0, -0.5]),
    "unsure, scores near 1000": np.array([1000.0, 1001.0, 1001.5, 999.5]),
}


def explore(label_smoothing_loss: Loss) -> Iterator[dict[str, object]]:
    yield {
        "title": "The loss as α grows",
        "about": "Four classes, of which 2 is the true one.",
        "x": ALPHAS,
        "x_label": "α",
        "y_label": "loss",
        "curves": {
            name: [label_smoothing_loss(logits.copy(), TARGET, float(alpha)) for alpha in ALPHAS]
            for name, logits in KINDS.items()
        },
    }
    yield {
        "title": "The target that your losses imply",
        "about": "How much each class counts in your loss, read off from losses alone.",
        "x": ["class 0", "class 1", "class 2, true", "class 3"],
        "x_label": "class",
        "y_label": "share of the target",
        "bars": {
            f"α = {alpha}": implied_target(label_smoothing_loss, alpha) for alpha in (0.0, 0.4)
        },
    }


def implied_target(label_smoothing_loss: Loss, alpha: float, classes: int = 4) -> list[float]:
    """Return each class's weight w[i] in a loss that is -sum(w * log_softmax(z)).

    At equal scores every log-probability is -log(classes), so that loss tells what the weights add
    up to. Where score i is 1 and the others are 0, the loss differs from it by that sum times the
    growth of the normaliser, less w[i].
    """
    equal = label_smoothing_loss(np.zeros(classes), TARGET, alpha)
    total = equal / np.log(classes)
    growth = np.log((classes - 1 + np.e) / classes)
    raised = [label_smoothing_loss(row, TARGET, alpha) for row in np.eye(classes)]
    # Twelve digits: what rounding leaves of a weight of 0 is none.
    return [np.round(total * growth - (loss - equal), 12) for loss in raised]
