"""The formats that documents are written in, a module or a room each: it knows documents and nothing of forms."""
