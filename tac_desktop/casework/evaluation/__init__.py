"""The counts of the evaluation: every table and statement of the two interim reports, as known on a day.

`report.evaluate` makes the report; docs/decisions/0030-counting.md tells how its rules were read.
"""
