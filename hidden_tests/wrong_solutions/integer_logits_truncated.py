"""With integer logits the log-probabilities are cut to whole numbers.

Caught by: test_alpha_zero, test_formula
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    log_probs = np.zeros_like(logits)
    top = np.max(logits)
    log_total = np.log(np.sum(np.exp(logits - top)))
    for i in range(len(logits)):
        log_probs[i] = logits[i] - top - log_total
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
