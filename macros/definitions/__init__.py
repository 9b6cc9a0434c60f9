"""The macros, one module each."""
