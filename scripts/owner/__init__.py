"""The command `handbook owner`."""
