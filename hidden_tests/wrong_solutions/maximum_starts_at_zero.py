"""The search for the maximum starts at 0, so very negative logits underflow.

Caught by: test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    top = 0.0
    for score in logits:
        top = max(top, score)
    log_probs = logits - top - np.log(np.sum(np.exp(logits - top)))
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
