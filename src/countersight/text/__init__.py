"""Offsets, the form words are searched in, sentences and rows, languages, dates."""
