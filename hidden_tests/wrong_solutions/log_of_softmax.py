"""The log is taken of each probability, and a probability that underflows to 0 gives inf.

Caught by: test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    exps = np.exp(logits - np.max(logits))
    log_probs = np.log(exps / np.sum(exps))
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
