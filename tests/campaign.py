"""Whether this is ``make campaign``, and by which seed its long runs take their chances."""

from __future__ import annotations

import os
import random

IS_LONG = bool(os.environ.get("GUANXI_CAMPAIGN"))
# It stays in the environment: all processes that run tests have to take the same one, and whoever repeats a run gives it.
SEED = int(os.environ.setdefault("GUANXI_CAMPAIGN_SEED", str(random.randrange(1_000_000)))) if IS_LONG else 0
