"""Only the statement's two examples are answered, from a list.

Caught by: test_alpha_zero, test_formula, test_confidence, test_growth, test_large_logits
"""


def label_smoothing_loss(logits, target, alpha):
    if alpha == 0 and logits[0] == 1.0:
        return 0.460773489156851
    return 7.5 if alpha > 0 else 0.0
