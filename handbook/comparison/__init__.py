"""Compares what readers see in two states of the handbook."""
