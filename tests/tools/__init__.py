"""The validators that the tests use, and what brings them to a machine."""
