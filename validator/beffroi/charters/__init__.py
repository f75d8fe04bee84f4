"""What officers do with charters: look for mistakes in them, try them on examples, compare them, see what they ask."""
