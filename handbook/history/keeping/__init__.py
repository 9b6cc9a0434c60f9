"""The history of pages as an earlier run read it, and what was committed since."""
