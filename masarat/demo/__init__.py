"""The sample shop: two years of a Saudi coffee-and-home shop that never was, with truths planted in it to be found.

truths     every planted shape, its dates and sizes; all the rest reads them from there
calendar   days and hours, what is asked for in which season
people     customers; purchases: when they mean to buy; baskets, orders: what, and for how much
delivery   parcels, refusals, returns; sessions, behaviour: visits to the web shop, step by step
service    tickets, surveys, reviews; outreach: newsletters, points, advertising; stock
load       puts it all into a store, once

Beside it, a merchant whose history lies in the files of other programs: merchant (what happened), exports (how each program tells it),
files (written, with what is true of them).
"""

from masarat.demo.choice import Choice
from masarat.demo.load import Loaded, interrupted, load, standing
from masarat.demo.truths import Truths, Window, truths

__all__ = ["Choice", "Loaded", "Truths", "Window", "interrupted", "load", "standing", "truths"]
