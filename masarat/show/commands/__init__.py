"""Commands of the program, one file each; every file exports `command`."""
