"""The logits are clipped instead of shifted by their maximum.

Caught by: test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    clipped = np.clip(logits, -500, 500)
    log_probs = clipped - np.log(np.sum(np.exp(clipped)))
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
