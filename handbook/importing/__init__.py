"""A policy that exists as a Word document becomes pages: its text, its clause numbers, and what was lost."""
