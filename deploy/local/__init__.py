"""What `./lintel` does: build, start, stop, test, measure, back up. Python's standard library only."""
