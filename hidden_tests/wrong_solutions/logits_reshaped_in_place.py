"""The logits are made a batch of one in place, so the caller's array has another shape.

Caught by: test_formula
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    logits.shape = (1, -1)
    z = logits.astype(np.float64)
    z = z - z.max(axis=1, keepdims=True)
    log_probs = (z - np.log(np.exp(z).sum(axis=1, keepdims=True)))[0]
    return float(-(1 - alpha) * log_probs[target] - alpha * log_probs.mean())
