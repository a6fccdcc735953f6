"""核对册: where each sentence and number of the report comes from."""
