"""Three sizes of test run: what each takes of a long list of posts.

``make test`` has neither ``long`` nor ``prove``; ``make test-long`` has both, with a seeded quarter
of the posts that the provers go through; ``make prove`` has all of them.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

ONE_IN = int(os.environ.get("GALLEY_TEST_ONE_IN") or 1)
"""Every how many-th post a prover takes; ``make test-long`` says 4."""
SEED = 20241004


def share(items: Iterable[T], one_in: int = ONE_IN) -> list[T]:
    """All of them, or a seeded part of them, in their order; never none of some."""
    every = list(items)
    if one_in == 1 or not every:
        return every
    count = max(1, len(every) // one_in)
    return [every[n] for n in sorted(random.Random(SEED).sample(range(len(every)), count))]
