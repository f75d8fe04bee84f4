"""What an officer does with standards: write, test, compare, recognise and publish them."""
