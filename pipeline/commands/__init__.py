"""One module for each verb of ``galley``; each has ``run(arguments) -> exit code``."""
