"""The pages of the room: batches, one form side by side, and what is given out."""
