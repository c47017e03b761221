"""Everything shown to a person as text. No Qt: papers and the command line use it too."""
