"""A call with the same class count and target adds to the sum that an earlier call left.

Caught by: test_formula, test_confidence, test_growth, test_large_logits
"""

from collections import defaultdict

import numpy as np

totals = defaultdict(float)


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    key = (len(logits), target, alpha)
    totals[key] -= (1 - alpha) * log_probs[target]
    totals[key] -= alpha * np.mean(log_probs)
    return float(totals[key])
