"""What is looked for in a standard as a whole: one module a subject, found by its name, with `defects(whole)`."""
