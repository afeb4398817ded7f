"""For K = 2 the other class gets a target of alpha instead of alpha/2.

Caught by: test_formula
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    if len(logits) == 2:
        gap = logits[1 - target] - logits[target]
        loss = (1 - alpha) * np.logaddexp(0, gap) + alpha * np.logaddexp(0, -gap)
        return float(loss)
    shifted = logits - np.max(logits)
    log_probs = shifted - np.log(np.sum(np.exp(shifted)))
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
