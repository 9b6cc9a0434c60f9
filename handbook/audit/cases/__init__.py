"""The case file: what the handbook said on one day, for somebody who decides a dispute."""
