"""beffroi: define open-data standards, validate deliveries against them, check projects against a digital charter."""

__version__ = "0.1.0"
