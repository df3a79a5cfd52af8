"""What is kept on disk: bytes under their digest, the ledger, the database, the seal."""
