"""The index of the search, one for each language."""
