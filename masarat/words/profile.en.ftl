# One customer: what each figure is called, and how it is worked out.

not-known = not known yet
nameless = Without a name
hidden = hidden
by-latest = { $sources ->
    [one] as { $source } told it
   *[other] latest of { $sources } sources: { $source }
}
by-most_frequent = { $sources ->
    [one] as { $source } told it
   *[other] told most often by { $sources } sources
}
by-most_trusted = { $sources ->
    [one] as { $source } told it
   *[other] most trusted of { $sources } sources: { $source }
}
by-manual = written by hand
disagree = { $values ->
    [one] all agree
   *[other] { $values } different values
}
sentence = { $name }: { $orders ->
    [0] has not bought yet
    [one] one order, { $net } net
   *[other] { $orders } orders, { $net } net
}{ $seen ->
    [none] { "" }
   *[other] ; last seen { $seen }
}.

# Facts
fact-name = Name
fact-first_name = First name
fact-last_name = Last name
fact-firstName = First name
fact-lastName = Last name
fact-email = E-mail
fact-phone = Phone
fact-gender = Gender
fact-birthday = Birthday
fact-age = Age
fact-city = City
fact-country = Country
fact-language = Language
fact-company = Company
fact-title = Job title
fact-vat = VAT number
fact-interests = Interests told
fact-preferences = Preferences told

# What they buy
orders = Orders
    .formula = Completed orders with revenue above zero
net = Net revenue
    .formula = Gross revenue minus what was given back
gross = Gross revenue
    .formula = Revenue of completed orders, after discounts, before shipping and tax
refunds = Given back
    .formula = Sum of refunds
aov = Average order
    .formula = Gross revenue divided by orders
median = Median order
    .formula = Half of the orders are worth less than this, half more
first_order = First order
    .formula = Time of the first completed order
last_order = Last order
    .formula = Time of the last completed order
products = Favourite products
    .formula = The three in most orders
categories = Favourite categories
    .formula = The three in most orders
order_channel = Usual channel of orders
    .formula = The channel of most orders; of equals the later one
payment = Usual payment
    .formula = The payment of most orders; of equals the later one
payment_shares = Ways of paying
    .formula = Share of the orders that tell how they were paid
branch = Usual branch
    .formula = The branch of most orders; of equals the later one
order_city = Usual city of orders
    .formula = The city of most orders; of equals the later one
days_between = Days between purchases
    .formula = Median of the days from one day of purchase to the next
next_order = Next purchase expected
    .formula = Last purchase plus the median of days between, from three days of purchase on
return_rate = Returned, of revenue
    .formula = Given back divided by gross revenue
returned_orders = Returned, of orders
    .formula = Orders of which anything came back, divided by orders
refused = Refused on delivery
    .formula = Orders whose parcel was refused
refused_share = Refused, of those to pay on delivery
    .formula = Orders refused divided by orders to be paid on delivery, kept or refused
segment = Segment (RFM)
    .formula = By how recently, often and for how much they bought, in rank among all customers, as the question RFM has it

# What they do
stage = Stage of the journey
    .formula = The farthest stage reached that has not lapsed; dormant or lost where they have been silent too long, as in the question journey
first_seen = First seen
    .formula = Time of the first move in the log
last_seen = Last seen
    .formula = Time of the last move in the log
visits = Visits
    .formula = Different visits to the site or app
last_visit = Last visit
    .formula = Time of the last move in a visit
pages = Pages and screens
    .formula = Pages and screens viewed
channel = Usual channel of visits
    .formula = The channel with which most visits began; of equals the later one
device = Usual device
    .formula = The device of most visits; of equals the later one
searches = Searched for
    .formula = The most frequent searches, five at most
abandoned_carts = Abandoned carts
    .formula = Carts left for 24 hours without an order, as the question about abandoned carts has it
abandoned_value = Worth of abandoned carts
    .formula = Sum of what lay in them

# What they think
interests = Interests
    .formula = Categories most often viewed, put in the cart or bought
sentiment = Mood
    .formula = Mean of stars, CSAT and NPS, each brought to five: from 4 positive, below 3 negative
rating = Stars
    .formula = Mean of the stars in their reviews, of five
nps = Would recommend (NPS)
    .formula = Newest answer, of ten
csat = Satisfied (CSAT)
    .formula = Newest answer, of five
ces = Effort (CES)
    .formula = Newest answer, as the survey counts it
coupon_use = Orders with a coupon or discount
    .formula = Orders with a coupon or a discount divided by completed orders

mood-positive = glad
mood-neutral = neither glad nor sorry
mood-negative = sorry
relation-household = same household
relation-company = company and contact
relation-family = family
relation-friend = friends
relation-other = belong together
suggest-phone = They share the phone { $value }
suggest-email = They share the e-mail { $value }
suggest-vat = They share the VAT number { $value }
suggest-anon = They used the same browser
suggest-company = Both are of { $value }
suggest-other = They share { $value }
note-currencies = Money is in { $currency }; orders in { $others } are not counted.

part-tags = Tags
part-notes = Notes
part-files = Files
part-relations = Belongs with
part-suggestions = May belong with
part-consents = Consents
