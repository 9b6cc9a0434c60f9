"""Creates a page and adds it to the navigation."""
