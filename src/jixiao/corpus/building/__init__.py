"""Building a corpus: a plan first, batches of files read by several processes, parts whole, the manifest last.

`plan` says what is to be done, `batches` cuts it into pieces of work, `reading` does one (a pure function of files and
way), `hands` gives pieces to processes, `parts` writes a part, `run` goes through all of it and goes on where a
killed run stopped.
"""
