"""Pure arithmetic: numbers in, results out; no SQL, no files, no clock."""
