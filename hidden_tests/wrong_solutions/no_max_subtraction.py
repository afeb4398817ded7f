"""The maximum is not subtracted before exp, so large logits overflow.

Caught by: test_large_logits
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    log_probs = logits - np.log(np.sum(np.exp(logits)))
    return float(-(1 - alpha) * log_probs[target] - alpha * np.mean(log_probs))
