"""Loaded before Django reads its settings: tests say for themselves that they are tests."""

import os
from pathlib import Path

from hypothesis import HealthCheck, settings

os.environ["LOA_MODE"] = "test"
# Playwright keeps an event loop in the thread of the tests, and Django would refuse them the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.setdefault("LOA_VAR", "/tmp/loa-test")
os.environ.pop("LOA_DATABASE_URL", None)
if url := os.environ.get("LOA_TEST_DATABASE_URL"):
    os.environ["LOA_DATABASE_URL"] = url

# Whitenoise warns about a missing folder, and here warnings are errors.
Path(os.environ["LOA_VAR"], "static").mkdir(parents=True, exist_ok=True)

# How many examples each property is tried with: LOA_EXAMPLES=nightly in the night, the usual number in `make test`.
_PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile("usual", max_examples=100, deadline=None, suppress_health_check=_PATIENT)
settings.register_profile("nightly", parent=settings.get_profile("usual"), max_examples=2_000)
settings.load_profile(os.environ.get("LOA_EXAMPLES", "usual"))
