"""Walks over the directories of a collection, without I/O: order, loops, errors, criteria, figures."""
