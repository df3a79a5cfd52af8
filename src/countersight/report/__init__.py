"""Reports over stored facts: the dossier in HTML, the tables of the export. Only writing a table touches the disk."""
