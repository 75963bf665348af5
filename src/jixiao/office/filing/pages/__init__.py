"""The pages of the room: one module a page, thin; what they do is done by the modules above."""
