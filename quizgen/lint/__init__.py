"""What makes a question a bad one: rules over items, and over a whole deck."""
