"""A folder of forms as a whole: which to open first and why, what changed since last year, samples, waivers, sums."""
