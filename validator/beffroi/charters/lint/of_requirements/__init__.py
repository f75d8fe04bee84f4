"""What is looked for in a requirement: one module a subject, found by its name, with `defects(asked)`."""
