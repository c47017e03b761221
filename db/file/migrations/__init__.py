"""The steps by which a base of an older version becomes one of this version."""
