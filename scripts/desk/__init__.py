"""The tool behind the Makefile: standard library only, nothing else is there yet."""
