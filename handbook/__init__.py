"""The domain of the handbook: pages, owners, reviews, rules. Knows neither MkDocs nor a terminal."""
