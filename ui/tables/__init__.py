"""Tables and lists made from field descriptions."""
