"""What a change of rules does, told: in text, as a page with charts, as a table of forms, as JSON."""
