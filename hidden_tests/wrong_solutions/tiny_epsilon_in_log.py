"""A small epsilon (1e-15) is added inside the log, which caps the loss of unlikely classes.

Caught by: test_confidence, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    exps = np.exp(logits - np.max(logits))
    probs = exps / np.sum(exps)
    log_probs = np.log(probs + 1e-15)
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
