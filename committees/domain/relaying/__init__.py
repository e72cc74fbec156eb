"""A leader's message on its way: written by one, approved by another, carried down, answered, counted."""
