"""The probabilities are clipped before the log, which caps the loss of unlikely classes.

Caught by: test_confidence, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    exps = np.exp(logits - np.max(logits))
    probs = np.clip(exps / np.sum(exps), 1e-12, 1.0)
    log_probs = np.log(probs)
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
