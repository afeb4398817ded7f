"""The largest absolute value is subtracted, not the largest logit.

Caught by: test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(np.abs(logits))
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
