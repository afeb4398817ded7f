"""The true class is looked for by its logit, so classes with an equal one count as true, too.

Caught by: test_alpha_zero, test_formula
"""

import numpy as np


def label_smoothing_loss(logits, target, alpha):
    z = np.asarray(logits, dtype=np.float64)
    log_probs = z - z.max() - np.log(np.exp(z - z.max()).sum())
    soft = np.where(z == z[target], 1 - alpha + alpha / len(z), alpha / len(z))
    return float(-(soft * log_probs).sum())
