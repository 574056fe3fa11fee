"""Deeds: each is planned, said in plain words, and then done; done again after a crash, it is completed and not doubled."""
