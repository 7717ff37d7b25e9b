"""The passes over rows, written once and run on any engine: polars, DuckDB, Spark.

A pass groups rows of pupils (or of pupils' results by subject) and adds up; what comes back is as small as there are
groups, and all else follows from it without another look at a row. Methods: docs/methods/passes-over-rows.md.
"""
