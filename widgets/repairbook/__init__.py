"""Repairbook: a supervision workbook for alliance ruptures."""

__version__ = "0.1.0"
