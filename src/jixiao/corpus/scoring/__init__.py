"""Scores and checks of a whole corpus by column, part after part: tables of answers beside the tables of forms.

`checks` says which checks are numeric, `tables` what is written, `part` computes one part, `run` all of them at once,
`home` keeps what the fused kernel compiled.
"""
