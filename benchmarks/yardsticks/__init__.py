"""What beffroi is timed beside: each module is a program, run as a process of its own."""
