"""The doors 门: one place that says who may do what. Every page, API call and file goes through it."""
