"""Moves and removes pages, renames roles, and hands pages on, everywhere at once."""
