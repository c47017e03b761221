"""Data the program ships with: fonts, icons, catalogues, samples."""
