"""What several tests need to set up a real case."""
