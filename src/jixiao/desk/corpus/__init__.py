"""The use cases of a corpus: what the house owns (books, checks, word lists) is handed in here."""
