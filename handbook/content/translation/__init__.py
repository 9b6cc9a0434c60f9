"""What a translation renders: the parts of its original, and their marks."""
