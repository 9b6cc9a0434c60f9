"""Words and lines: quoting, suggestions, prose, redlines. Knows no file and no page."""
