"""The class with the smallest logit is scored instead of the target.

Caught by: test_alpha_zero, test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    return float(-(1 - alpha) * np.min(log_probs) - alpha * np.mean(log_probs))
