"""The result is a running mean over all calls so far.

Caught by: test_alpha_zero, test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np

losses = []


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    losses.append(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
    return float(np.mean(losses))
