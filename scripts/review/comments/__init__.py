"""`handbook review issues` and `handbook review comment`: reviews without a terminal."""
