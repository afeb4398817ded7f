"""The logits array is written to and put back, which fails on a read-only array.

Caught by: test_formula
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    top = np.max(logits)
    logits -= top
    log_probs = logits - np.log(np.sum(np.exp(logits)))
    logits += top
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
