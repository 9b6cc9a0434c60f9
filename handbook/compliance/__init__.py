"""How many pages were in order over time, read from the history of a branch."""
