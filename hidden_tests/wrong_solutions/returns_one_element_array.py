"""An array with one element is returned instead of a float.

Caught by: test_alpha_zero, test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    soft = np.full(len(logits), alpha / len(logits))
    soft[target] += 1 - alpha
    return -np.sum(soft * log_probs, keepdims=True)
