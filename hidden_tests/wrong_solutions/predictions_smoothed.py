"""The predicted probabilities are smoothed, not the target.

Caught by: test_formula, test_confidence, test_growth, test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    exps = np.exp(logits - np.max(logits))
    probs = exps / np.sum(exps)
    smoothed = (1 - alpha) * probs + alpha / len(logits)
    return float(-np.log(smoothed[target]))
