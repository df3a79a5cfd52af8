"""Speech to text: sound decoded, heard by the model of the extra ``recordings``, guarded, laid out as a page."""
