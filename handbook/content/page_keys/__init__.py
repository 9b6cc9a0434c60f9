"""What each key in the front matter of a page may hold."""
