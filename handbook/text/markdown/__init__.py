"""What Markdown means in the text of a page: code, links, pictures, tags, and what rendering costs."""
