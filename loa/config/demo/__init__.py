"""The demo's synthetic world, made from a seed: units in time, people, stories, reads and reports of nobody real."""

from datetime import date

SEED = 2023
"""The seed of the demo everyone sees; another seed is another province."""

START = date(2024, 1, 1)
"""The day the demo's first registry describes."""

END = date(2026, 11, 30)
"""The last day the generator knows anything about; callers cut at their own `today`."""

NOTE = "dữ liệu minh họa"
"""What every synthetic row says of itself."""

PARTLY = "tên có thật; ngày và số quyết định là dữ liệu minh họa"
"""What a row says whose name is known and whose dates and numbers are not."""
