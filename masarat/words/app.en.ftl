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
