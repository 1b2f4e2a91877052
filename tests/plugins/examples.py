"""How many examples Hypothesis tries: as many as it likes by default, ten times that with `exhaustive`.

Chosen with `--hypothesis-profile`. No test has a deadline: a slow machine is not a bug.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("quick", deadline=None)
settings.register_profile("exhaustive", deadline=None, max_examples=1000)
settings.load_profile("quick")
