"""What staff see of the newsroom besides the editor, one file for each thing they look at."""
