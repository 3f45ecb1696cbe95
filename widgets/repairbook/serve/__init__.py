"""Open the workbooks: as a web app for one person, or in JupyterLab."""
