"""What every test may use."""

import os

os.environ.setdefault("LOA_MODE", "test")
