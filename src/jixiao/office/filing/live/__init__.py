"""Live scores: what a page needs to score and question a form while it is typed, with no connection."""
