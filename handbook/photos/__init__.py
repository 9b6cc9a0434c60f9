"""Photos and videos: what a file discloses besides its picture, and copies that disclose nothing."""
