"""Data packages: a folder or an archive with a descriptor, its resources and what is wrong with them."""
