"""Everything said to a person. No Qt: papers and the command line use it too."""
