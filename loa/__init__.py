"""Loa: a trade-union federation speaks to every worker, listens, and can prove how far it has come."""
