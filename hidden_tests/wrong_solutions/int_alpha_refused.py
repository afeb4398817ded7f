"""An alpha that is the int 0 or 1 is refused, though the statement allows it.

Caught by: test_alpha_zero
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    if not isinstance(alpha, float):
        raise TypeError("alpha has to be a float")
    z = np.asarray(logits, dtype=np.float64)
    log_probs = z - z.max() - np.log(np.exp(z - z.max()).sum())
    return float(-(1 - alpha) * log_probs[target] - alpha * log_probs.mean())
