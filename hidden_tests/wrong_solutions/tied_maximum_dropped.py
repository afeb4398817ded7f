"""Every class that shares the maximum is left out of the sum, not just one of them.

Caught by: test_alpha_zero, test_formula
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    z = np.asarray(logits, dtype=np.float64)
    top = z.max()
    log_probs = z - top - np.log1p(np.exp(z[z != top] - top).sum())
    return float(-(1 - alpha) * log_probs[target] - alpha * log_probs.mean())
