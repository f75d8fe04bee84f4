"""The fingerprints of licence texts: made from texts that others publish, and measured on texts of other sources."""
