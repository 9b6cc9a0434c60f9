"""What is in `docs/`: pages, their front matter and languages, and the files beside them."""
