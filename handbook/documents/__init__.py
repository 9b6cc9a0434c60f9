"""Documents: what office files and PDF disclose besides the text that readers see."""
