"""A single class (K = 1) is not handled: there is no other class to sum over.

Caught by: test_formula
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    others = np.delete(logits, target)
    top = max(logits[target], np.max(others))
    total = np.exp(logits[target] - top) + np.sum(np.exp(others - top))
    log_probs = logits - top - np.log(total)
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
