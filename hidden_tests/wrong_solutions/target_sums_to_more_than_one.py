"""The smoothed target sums to more than 1: the one-hot part is not scaled by 1 - alpha.

Caught by: test_formula, test_growth, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    soft = np.full(len(logits), alpha / len(logits))
    soft[target] += 1
    return float(-np.sum(soft * log_probs))
