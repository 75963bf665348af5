"""The indicator library, told: as text, as a table, as JSON."""
