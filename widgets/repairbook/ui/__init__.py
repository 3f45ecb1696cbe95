"""What people see: panels of ipywidgets and the small widgets ipywidgets lacks."""
