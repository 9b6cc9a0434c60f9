"""What a macro knows: the site, its pages, the registry of macros."""
