"""YAML values with their line and column, and edits that keep every other byte."""
