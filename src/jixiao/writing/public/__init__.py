"""public 公开: which fields of a form the public may read, for the office's site and for a published corpus."""
