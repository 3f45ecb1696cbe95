"""What joins the sessions, the scores and the reflections of a case."""
