"""The loss is in bits: the log has base 2 instead of base e.

Caught by: test_alpha_zero, test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    log_probs = log_probs / np.log(2)
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
