"""What a person does with all of their data: take it along, delete it; and how long it is kept without them."""
