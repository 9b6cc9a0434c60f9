"""Merges of texts, YAML, and pages, in which two sides changed a third one."""
