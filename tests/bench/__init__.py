"""What `./lintel bench` measures, one file per subject."""
