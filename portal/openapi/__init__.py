"""The static API described: its addresses, and schemas of what they answer (OpenAPI 3.1)."""
