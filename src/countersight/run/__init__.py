"""Executors: where work items run."""
