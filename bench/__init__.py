"""Speed and memory, always as ratios against a named peer or the raw engine in the same run."""
