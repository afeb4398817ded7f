"""Alpha and 1 - alpha are swapped.

Caught by: test_alpha_zero, test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    return float(-alpha * log_probs[target] - (1 - alpha) * np.mean(log_probs))
