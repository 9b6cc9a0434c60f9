"""What people and CI run: reads the command line, asks the handbook, prints, returns a code."""
