import numpy as np


def label_smoothing_loss(logits: np.ndarray, target: int, alpha: float) -> float:
    """Return the label-smoothed cross-entropy of one example.

    logits: shape (K,), float64 or int64, the pre-softmax scores; not to be changed
    target: the true class, 0 <= target < K
    alpha:  the smoothing strength, 0 <= alpha <= 1; 0 is plain cross-entropy

    Returns a float: the loss, computed in float64.
    """
    raise NotImplementedError
