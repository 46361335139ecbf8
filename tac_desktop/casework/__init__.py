"""The nouns and the rules of the work: standard library only, no Qt, no SQL; time is always an argument."""
