"""What well-known libraries say, made once by hand with a Python that has them and kept in `tests/reference`: the suite needs none of them."""
