"""Faults made for real: processes killed, power cut, disks filled, calls failed. `python -m tests.faults --help`.

Short versions run in the test suite, long ones by hand (`make faults`). Every fault has a control that must lose.
"""
