"""What photos and videos give away: one module a format, which also says what a clean copy does without."""
