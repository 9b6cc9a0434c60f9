"""Editions: their names, manifests, tags, and the branch they are published on."""
