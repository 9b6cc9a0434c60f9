"""Words and lines: quoting, suggestions, prose, redlines; without any knowledge of files and pages."""
