"""Whom we reach: topics, the reach register and its counters."""
