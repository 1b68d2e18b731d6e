"""Loaded before Django reads its settings: tests say for themselves that they are tests."""

import os
from pathlib import Path

os.environ["LOA_MODE"] = "test"
os.environ.setdefault("LOA_VAR", "/tmp/loa-test")
os.environ.pop("LOA_DATABASE_URL", None)
if url := os.environ.get("LOA_TEST_DATABASE_URL"):
    os.environ["LOA_DATABASE_URL"] = url

# Whitenoise warns about a missing folder, and here warnings are errors.
Path(os.environ["LOA_VAR"], "static").mkdir(parents=True, exist_ok=True)
