"""Write label_smoothing_loss.json: seeded cases with PyTorch's answers in float64.

Run it by hand, and only to change the cases. A registry's PyTorch may be several GB, and
nothing else here imports torch, so give it a virtual environment of its own:

    pip install torch==2.13.0 numpy==2.2.5
    python tests/golden/make_golden.py

Logits are multiples of 1/64, stored as whole numbers of 64ths, so that they are exact.
"""

import json
import random
from pathlib import Path

import torch

OUTPUT = Path(__file__).with_name("label_smoothing_loss.json")
SEED = 64
SIZES = [1] * 12 + [2] * 30 + [3, 4, 5, 7, 10] * 36 + [33, 64, 100] * 20 + [257] * 8 + [1000] * 12
SCALES = [1, 5, 50, 1000, 10_000]
ALPHAS = [0.0, 0.1, 1.0, 0.05, 0.2, 0.5, 0.9]


def make_case(rng: random.Random, size: int) -> dict[str, object]:
    """Draw one example and ask PyTorch for its loss."""
    limit = 64 * rng.choice(SCALES)
    logits64 = [rng.randint(-limit, limit) for _ in range(size)]
    target = rng.choice([0, size - 1, rng.randrange(size), logits64.index(max(logits64))])
    alpha = rng.choice([*ALPHAS, rng.random()])
    logits = torch.tensor(logits64, dtype=torch.float64) / 64
    loss = torch.nn.functional.cross_entropy(
        logits, torch.tensor(target), label_smoothing=alpha
    ).item()
    return {"logits64": logits64, "target": target, "alpha": alpha, "loss": loss}


def main() -> None:
    """Write the cases, one to a line."""
    rng = random.Random(SEED)
    cases = [make_case(rng, size) for size in SIZES]
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    OUTPUT.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
