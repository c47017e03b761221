"""How the files of bases are named."""

ENDING = ".kartoteka"
# The moment in the name of a copy, by the clock of the computer; it sorts and has no colons.
STAMP = "%Y-%m-%d %H-%M-%S"
