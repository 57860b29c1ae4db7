"""Documents from files: read with their line numbers, validated, and reported on."""
