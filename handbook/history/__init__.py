"""What changed in the pages, when, and how the handbook stood on a past day."""
