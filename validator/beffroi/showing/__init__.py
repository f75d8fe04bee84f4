"""How the answers of commands are shown: one module a kind of answer, its words beside it in a TOML file.

Each has `text(…, lang) -> str` for people, and `values(…)` of plain values for programs, which is printed as JSON.
`pages/` makes whole files of standards instead, as HTML and Markdown.
"""
