"""countersight: from a folder of records to a dossier in which every sentence cites its page."""

__version__ = "0.1.0"
