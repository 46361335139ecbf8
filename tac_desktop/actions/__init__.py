"""The verbs: one short function for each thing a person can do."""
