"""At alpha = 1 the result is always log(K), whatever the logits are.

Caught by: test_formula, test_growth
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    if alpha >= 1:
        return float(np.log(len(logits)))
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
