"""What `handbook serve` does: a page that is saved is built alone, and the whole handbook after it."""
