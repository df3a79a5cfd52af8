"""Contract facts: from labels and values on pages to deals and the families they form."""
