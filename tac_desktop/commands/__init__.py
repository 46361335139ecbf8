"""The command line: the second coat over the actions. Scripts of others rely on its names and its JSON."""
