"""A whole interview day against a running server: people, desks, phones, walls and what goes wrong between them."""
