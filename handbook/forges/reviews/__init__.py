"""Reviews without a terminal: issues that ask for readings, and comments that give them."""
