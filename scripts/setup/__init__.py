"""Sets up the environment and the browser."""
