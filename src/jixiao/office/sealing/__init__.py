"""Personal data and secrets at rest: encrypted and authenticated before they reach the database, behind a port."""
