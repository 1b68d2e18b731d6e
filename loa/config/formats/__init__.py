"""How days, times and numbers are written and read, for each language (FORMAT_MODULE_PATH)."""
