"""`handbook upgrade`: a newer release in an adopted handbook."""
