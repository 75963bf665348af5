"""desk: the use cases (read, score, check, explain, compare) between the rooms and whoever asks."""
