"""Measures the search: queries with known answers, asked in a real browser, and what it costs."""
