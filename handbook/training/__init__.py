"""The pages, the questions, and the reply of one audience as a package for learning systems."""
