"""Trials: long runs of what must never lose, show or silently change anything, with a count and a seed."""
