"""What a page may say between braces."""
