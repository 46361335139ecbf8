"""The papers of the house, each a function from the case to a document; the engine draws them."""
