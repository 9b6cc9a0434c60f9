"""Translations: what they render, what changed since, and the mark that they render it."""
