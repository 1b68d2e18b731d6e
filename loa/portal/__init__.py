"""The public door: the site workers read, and their own corner of it."""
