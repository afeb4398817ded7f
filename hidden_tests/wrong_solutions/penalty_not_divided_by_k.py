"""The uniform penalty is not divided by K.

Caught by: test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    cross_entropy = -log_probs[target]
    penalty = -np.sum(log_probs)
    return float((1 - alpha) * cross_entropy + alpha * penalty)
