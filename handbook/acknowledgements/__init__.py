"""Who is asked to accept which text, what their receipts say, and what the organization keeps of them."""
