"""What a photo or film says besides its picture, one module a standard."""
