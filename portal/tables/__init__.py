"""The register as tables: one definition of each, for CSV, SQLite and their descriptions alike."""
