"""What is looked for in the rules for a table: one module a subject, found by its name, with `defects(table)`."""
