"""The target is off by one: the class after it is scored.

Caught by: test_alpha_zero, test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    right = (target + 1) % len(logits)
    return float(-(1 - alpha) * log_probs[right] - alpha * np.mean(log_probs))
