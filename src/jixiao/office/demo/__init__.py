"""The demo 演示: an office with everything in it, made from published forms that our own reader reads."""
