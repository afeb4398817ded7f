"""This is the KL divergence: the entropy of the smoothed target is subtracted.

Caught by: test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    soft = np.full(len(logits), alpha / len(logits))
    soft[target] += 1 - alpha
    held = soft > 0
    return float(np.sum(soft[held] * (np.log(soft[held]) - log_probs[held])))
