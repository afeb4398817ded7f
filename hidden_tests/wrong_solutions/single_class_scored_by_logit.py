"""For a single class (K = 1) the logit itself is returned, but the loss is 0.

Caught by: test_formula
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    if len(logits) == 1:
        return float(-logits[0])
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
