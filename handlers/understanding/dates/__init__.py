"""Dates and times: one grammar for English and Chinese."""
