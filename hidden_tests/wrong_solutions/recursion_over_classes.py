"""The sum recurs once for each class, which Python ends at about a thousand.

Caught by: test_formula
"""

import numpy as np


def log_sum_exp(scores):
    if len(scores) == 1:
        return scores[0]
    return np.logaddexp(scores[0], log_sum_exp(scores[1:]))


def label_smoothing_loss(logits, target, alpha):
    z = np.asarray(logits, dtype=np.float64)
    log_probs = z - log_sum_exp(z)
    return float(-(1 - alpha) * log_probs[target] - alpha * log_probs.mean())
