"""What those who run a project do with its declaration: begin it, and pass on what was found about it."""
