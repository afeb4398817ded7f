"""Label-smoothed cross-entropy: the reference solution."""

import numpy as np


def label_smoothing_loss(logits: np.ndarray, target: int, alpha: float) -> float:
    """Return the label-smoothed cross-entropy of one example.

    The smoothed target is a mix: one-hot with weight ``1 - alpha``, uniform with weight
    ``alpha``. Cross-entropy is linear in the target, so the loss is the same mix of two
    numbers: the surprise ``-log softmax(logits)`` at the true class, and its mean over
    all classes.

    logits: shape (K,), float64 or int64, the pre-softmax scores; left as they are
    target: the true class, 0 <= target < K
    alpha:  the smoothing strength, 0 <= alpha <= 1; 0 is plain cross-entropy

    Returns a float: the loss, computed in float64.

    Label smoothing: Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, "Rethinking the Inception
    Architecture for Computer Vision", CVPR 2016 (Inception-v3), section 7,
    https://arxiv.org/abs/1512.00567. The convention (mass alpha/K on every class) is that of
    https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html.
    """
    scores = np.asarray(logits, dtype=np.float64)

    # Softmax does not notice a shift. With the largest score at 0, exp stays in (0, 1] and
    # the sum is at least 1, so neither exp nor log can overflow.
    shifted = scores - scores.max()

    # Never take the log of a single probability: it may have underflowed to 0.
    surprise = np.log(np.exp(shifted).sum()) - shifted

    return float((1 - alpha) * surprise[target] + alpha * surprise.mean())
