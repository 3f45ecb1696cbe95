"""Charts: plain rows in, an Altair chart out; one chart per file, one theme."""
