"""Data and evidence for auditors, and the pack that carries it."""
