"""What is looked for in a charter as a whole: one module a subject, found by its name, with `defects(whole)`."""
