"""Personal data: recognised by shape, check digit and label, and hidden before anything is searched."""
