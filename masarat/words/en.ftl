# Words used by more than one analysis. A message's .formula is the definition shown on hover.

orders = Orders
    .formula = Completed orders with revenue above zero; free orders and refunds are not counted
refunds = Refunds
    .formula = Money given back, by the date it was given back
gross = Gross revenue
    .formula = Revenue of completed orders: after discounts, before shipping, tax and refunds
net = Net revenue
    .formula = Gross revenue minus refunds, by the date of the refund
revenue = Revenue
    .formula = Net revenue: gross revenue minus refunds, by the date of the refund
customers = Customers
    .formula = Different identified customers with an order
customer = Customer
name = Name
aov = Average order value
    .formula = Gross revenue divided by the number of orders
median = Median order value
    .formula = Half of the orders are worth less than this, half more
share = Share of revenue
    .formula = Part of the revenue of all identified customers
share_of_customers = Share of customers
cumulative_share = Cumulative share
    .formula = Share of revenue of this customer and all above
first_order = First order
last_order = Last order
quantity = Quantity
product = Product
category = Category
rank = Rank
start = Period
breakdown = Breakdown
unidentified = Unidentified
    .formula = Orders that name no customer: they count as revenue, not as customers
stage = Stage
dormant = Dormant
lost = Lost
source = Source
count = Count
currency = Currency

# Parts of sentences
change-up = up { $percent }
change-down = down { $percent }
change-none = unchanged
and = and
last-days = { $n ->
    [one] the last day
   *[other] the last { $n } days
}
n-days = { $n ->
    [one] one day
   *[other] { $n } days
}

# Channels and devices as the door tells them
channel-direct = direct
channel-cross-network = cross-network
channel-paid-shopping = paid shopping
channel-paid-search = paid search
channel-paid-social = paid social
channel-paid-video = paid video
channel-display = display
channel-paid-other = paid other
channel-whatsapp = WhatsApp
channel-organic-shopping = organic shopping
channel-organic-social = organic social
channel-organic-video = organic video
channel-organic-search = organic search
channel-referral = referral
channel-email = e-mail
channel-affiliate = affiliate
channel-audio = audio
channel-sms = SMS
channel-push = push
channel-other = other
device-mobile = mobile
device-desktop = desktop
device-tablet = tablet
device-tv = TV
device-till = till

# Notes under an answer
note-empty = Nothing in this period. Your data runs from { $first } to { $last }: choose a period within it.
note-none-like-it = Nothing in this period fits the segment or the currency that was asked for: choose another, or leave it out.
note-no-data = There is no data yet. Import a file: masarat import orders.csv
note-shops-rates = As the shop’s settings say: { $what }.
note-small = Only { $n ->
    [one] one order
   *[other] { $n } orders
} in this period: read the figures with care.
note-unidentified = { $share } of the orders name no customer; they count as revenue, not as customers.
note-currencies = Only amounts in { $currency } are counted; { $others } stand apart and are not converted.
note-needs = This needs { $event } events, and there are none yet.
note-needs-days = This needs { $needs ->
    [one] one day
   *[other] { $needs } days
} of data; you have { $have }.
no-customers = No order in this period names its customer: import a file with a customer column.
note-cut = { $cut ->
    [first] The first
    [last] The last
   *[both] The first and the last
} { $by ->
    [week] week
   *[month] month
} { $cut ->
    [both] are
   *[other] is
} not whole in this period: do not read a rise or fall into it.
note-noted = Much was noted of these days: only the latest of it is shown.
note-hijri-year = Compared with the same Hijri days a year before: { $first } to { $last }{ $uneven ->
    [yes] , { $before } against { $now }
   *[no] { "" }
}. Where the answer speaks of the period before, these are meant.
note-no-compare = The whole history has nothing before it to compare with: choose a period.

# The common frame
param-period = Period
param-compare = Compared with
param-segment = Only these
param-breakdown = Broken down by
param-currency = Currency
param-calendar = Calendar
param-language = Language
param-limit = How many rows

# The four kinds of data about a customer
kind-demographic = Who they are
kind-transactional = What they buy
kind-behavioural = What they do
kind-psychographic = What they think

# Questions about a way through steps
param-steps = Steps
param-order = Order of the steps
param-within = Time for the whole way
param-exclude = What ends an attempt
param-optional = Steps that may be left out
param-credit = Whose part counts
choice-credit-first = that of the first step
choice-credit-last = that of the last step
choice-credit-number = that of step { $n }
entered = Began
    .formula = Customers who did the first step in the period
converted = Got through
    .formula = Customers who did the last step, within the time from the first
rate = Conversion rate
    .formula = Customers who got through divided by those who began
within-time = { $unit ->
    [m] { $n ->
        [one] one minute
       *[other] { $n } minutes
    }
    [h] { $n ->
        [one] one hour
       *[other] { $n } hours
    }
   *[d] { $n ->
        [one] one day
       *[other] { $n } days
    }
}
note-few-began = { $n ->
    [one] Only one customer
   *[other] Only { $n } customers
} began in this period: read the shares with care.
note-open-attempts = The time of { $n ->
    [one] one customer
   *[other] { $n } customers
} who did not get through was not over when the data ends: they may still come.

# What an answer rests on
sample-orders = { $n ->
    [one] one order
   *[other] { $n } orders
}
sample-moves = { $n ->
    [one] one move
   *[other] { $n } moves
}
sample-customers = { $n ->
    [one] one customer
   *[other] { $n } customers
}
sample-visits = { $n ->
    [one] one visit
   *[other] { $n } visits
}
sample-sequences = { $n ->
    [one] one sequence
   *[other] { $n } sequences
}
sample-stays = { $n ->
    [one] one stay in a stage
   *[other] { $n } stays in a stage
}
