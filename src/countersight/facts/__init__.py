"""Facts of contracts from pages: pure functions above text."""
