"""Benchmarks: `loa bench NAME`. Each prints its figures side by side with a limit measured in the same run."""
