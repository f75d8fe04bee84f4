"""Rows that are made up for a standard and really pass it: like its examples, and the same for the same seed.

`tables` makes the rows, `files` writes them, `packages` describes them, `writing` does all and checks the result.
"""
