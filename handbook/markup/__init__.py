"""What Markdown makes of a page: its anchors, its links, and the HTML that a reader's browser gets."""
