"""The logits array is changed in place.

Caught by: test_formula
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    for i, score in enumerate(logits - np.max(logits)):
        logits[i] = score
    log_probs = logits - np.log(np.sum(np.exp(logits)))
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
