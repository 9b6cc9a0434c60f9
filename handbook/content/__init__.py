"""What is in `docs/`: pages, their front matter, languages and files beside them."""
