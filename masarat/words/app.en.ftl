# What the app in the browser says itself. What answers say comes with them.

masarat = Masarat
skip = To the content
menu = Menu
sections = Sections
find = Find
find-about = Ask something, or type the name of a page
found-nothing = Nothing goes by that name
sign-out = Sign out
other-language = العربية
other-language-code = ar
light-light = Light
light-dark = Dark

section-pulse = Pulse
section-pulse-about = What changed, why, and what deserves a look today.
section-journey = Journey
section-journey-about = Where your customers are on their way, and where they stumble.
section-customers = Customers
section-customers-about = Who they are, who comes back, and who is about to leave.
section-behaviour = Behaviour
section-behaviour-about = How they move through your shop, and where they stop.
section-sales = Sales
section-sales-about = What was sold, to whom, and what was left for you.
section-sources = Sources
section-sources-about = Where your data comes from, and whether to rely on it.

morning = Good morning, { $name }
evening = Good evening, { $name }
period = Period
period-last_7_days = 7 days
period-last_30_days = 30 days
period-last_90_days = 90 days
period-last_365_days = A year

controls = Choose what to look at
show = Show
more = More options
reset = Start over
rows = Details
rows-hidden = { $n ->
    [one] One more row in the file.
   *[other] { $n } more rows in the file.
}
take = Download
copy-link = Copy the link
definitions = What the figures mean
how = How this was computed
loading = One moment…
broken = That did not work
broken-remedy = The connection was lost, or the server failed. Try again.
again = Try again

customers-find = A name, a phone number or an e-mail
customers-none = Nobody matches “{ $text }”. Try the last four digits of the phone, or part of the name.
customers-more = Others match as well: type more to find the one you mean.
last-seen = Last seen { $day }
way = Stages of the journey
happened = Everything that happened
nothing-happened = Nothing of this kind happened.
nothing-known = Nothing is known yet.
facts-all = And what is not known ({ $n })
facts-known = Only what is known
older = Earlier
notes = Notes
note-hint = Write what your colleagues should know
note-gone = The note is gone.
undo = Undo
remove = Remove
keep = Keep
kind-visits = Visits
kind-carts = Carts
kind-orders = Orders
kind-payments = Payments
kind-service = Service
kind-surveys = Surveys
kind-messages = Messages
kind-identity = Identity
kind-consent = Consent
kind-notes = Notes
kind-other = Other

# Segments
segment = Segment
segments = Segments
segments-about = Groups of customers you come back to: by what they did, who they are and what they brought.
segments-saved = Saved segments
segments-none = Nothing saved yet. Build one below, or save the customers of any list.
segments-see = See all segments
segment-new = A new segment
segment-save = Save these customers
segment-title = What you call them
segment-holds = { $n ->
    [one] One customer will be saved.
   *[other] { $n } customers will be saved.
}
segment-saved = { $n ->
    [one] “{ $title }” holds one customer.
   *[other] “{ $title }” holds { $n } customers.
}
segment-size = { $n ->
    [one] One customer
   *[other] { $n } customers
}
segment-see = See them
segment-rule = The rule
segment-remove = Remove { $title }
segment-gone = “{ $title }” is removed.
further = Look closer:
join-and = and
join-or = or
condition = Condition
condition-nth = Condition { $n }
condition-join = How conditions are joined
condition-add = Add a condition
condition-did = did
condition-did-not = did not
condition-is = is from
condition-is-not = is not from
condition-measure = in figures
condition-in = is in
condition-not-in = is not in
condition-event = Event
condition-times = Times at least
condition-when = When
condition-ever = at any time
condition-days = in the last { $n } days
condition-fact = Fact
condition-value = Values
condition-values = Riyadh, Jeddah
condition-measure-name = Measure
condition-bound = Bound
condition-number = Number
measure-orders = orders
measure-revenue = revenue
measure-average_order = average order
measure-recency = days since the last order
bound-at_least = at least
bound-at_most = at most
bound-in_top = in the top
bound-in_bottom = in the bottom
fact-city = city
fact-country = country
fact-channel = channel
fact-source = source
fact-branch = branch
fact-payment = payment
fact-coupon = coupon
fact-campaign = campaign
fact-device = device
fact-gender = gender
fact-language = language

# Who is who
who = Who they are
who-seen = seen together on { $day }
who-split = Take { $identifier } apart
who-apart-do = Take apart
who-apart = It stands alone now.
who-merge = Join with another customer
who-merge-do = Join them
who-merged = They are one customer now.
who-other = The other's phone, e-mail or number
who-same = This is the same customer already.
who-together = { $n } identifiers will belong to one customer:
who-why = Why (for the log)
consent = What they agreed to
consent-none = They were never asked.
consent-granted = Agreed
consent-denied = Refused
consent-withdrawn = Withdrew
purpose-marketing = offers
purpose-analytics = statistics
purpose-profiling = profiling
purpose-personalisation = personal content
purpose-sharing = sharing with others
by-email = by e-mail
by-sms = by text message
by-whatsapp = by WhatsApp
by-push = by push message
by-call = by phone
by-post = by post
by-web = on the site
relations = Related to
relation-household = Household
relation-company = Company
relation-family = Family
relation-friend = Friend
relation-other = Other
review = Is this one customer?
review-about = Pairs that look alike wait for your word.
review-waiting = { $n ->
    [one] One pair waits.
   *[other] { $n } pairs wait.
}
review-none = No pair waits. Have a look made after new data came in.
review-chance = These two are one customer with a chance of { $percent }.
review-accept = One customer
review-reject = Two customers
review-leave = Ask no more
review-next = Next
review-look = Look for pairs now
review-looked = Last looked { $time }
review-said-accept = They are one customer now.
review-said-reject = They stay two customers.
review-said-leave = You will not be asked again.
review-names = Also called
review-phone = Phone
review-email = E-mail
review-tax = Tax number
review-birthday = Birthday
