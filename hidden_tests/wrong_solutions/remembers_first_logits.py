"""Results are cached without the logits in the key, so new logits get an old result.

Caught by: test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np

cache = {}


def label_smoothing_loss(logits, target, alpha):
    key = (len(logits), target, alpha)
    if key not in cache:
        shifted = logits - np.max(logits)
        log_probs = shifted - np.log(np.sum(np.exp(shifted)))
        cache[key] = float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
    return cache[key]
