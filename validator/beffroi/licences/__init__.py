"""Licences: which one is meant by what people write, which a policy accepts, what may be made of what."""
