"""The command `handbook acknowledge`."""
