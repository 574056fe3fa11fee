"""How long customers stay and how much they bring: models of repeat buying, fitted on summaries of customers.

A customer of a shop without contracts is summarised by `x` repeat purchases, `tx` the age at the last one, `age` at the end of what is
observed (all in one unit of time, usually weeks); equal summaries stand once with how many they are. `bgnbd`, `mbgnbd` and `pareto` tell from
these who is still a customer and what they will buy; `spending` what a purchase will be worth; `renewals` those with contracts (sBG) or with
fixed occasions (BG/BB). `fitting` finds parameters and their covariance for all.
"""
