"""Refusals: sentences for the person who asked. Everything else that goes wrong is a bug and is loud."""


class Refused(Exception):
    """What was asked may not be done; the text is a full, kind sentence that a screen shows as it is."""
