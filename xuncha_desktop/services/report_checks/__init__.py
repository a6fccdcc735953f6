"""What is wrong with the words and numbers of a report, each check a file; `examining` runs them all."""
