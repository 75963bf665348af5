"""Clerks at work: many people filling in forms at once, on the office as it is served; nothing acknowledged is lost."""
