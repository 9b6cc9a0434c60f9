"""Files that a build writes beside the pages."""
