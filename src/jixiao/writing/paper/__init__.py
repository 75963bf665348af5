"""Paper: documents as every format writer takes them, and how their lines and pages are set."""
