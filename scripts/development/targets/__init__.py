"""The commands of developers, each of which runs programs one after the other."""
