"""The first window: choosing, making and unlocking a case. Light to import: nothing of the store before it is seen."""
