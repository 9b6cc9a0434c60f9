"""Who is reminded of a review, and when."""
