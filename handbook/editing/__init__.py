"""The editor under `/edit/`: its configuration, and the files that it consists of."""
