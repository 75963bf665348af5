"""Rules tried on corpora by one process that stands ready: it keeps what it has imported, compiled and answered."""
