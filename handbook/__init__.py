"""The docs site: `python -m handbook` writes its pages of reference, from the code and the data that they are about."""
