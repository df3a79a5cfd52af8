"""The records of the fictional demo case, one module per group of papers; ``scripts/make_demo.py`` writes them."""
