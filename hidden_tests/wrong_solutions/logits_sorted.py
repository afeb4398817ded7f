"""The logits are sorted, so another class stands at the target's index.

Caught by: test_alpha_zero, test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    shifted = np.sort(logits) - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
