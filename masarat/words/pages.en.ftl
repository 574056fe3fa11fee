# Words of the pages themselves. What belongs to a question stands beside the question.

masarat = Masarat
tagline = Every move a customer makes becomes one story, and the story becomes action.
home = Home
questions = Questions
questions-about = What you can ask today.
sources = Sources
docs = For programs
sign-in = Sign in
sign-out = Sign out
email = E-mail
password = Password
password-hint = At least ten characters; a few words in a row make a good one.
password-again = The same password again
your-name = Your name
set-up-title = Welcome to Masarat
set-up-about = Make the account of the shop's owner. This link works once.
set-up-button = Make the account
nobody-yet = Nobody has an account yet. Open the one-time link that was printed where Masarat was started, or run: masarat user add
skip = Skip to content
switch-language = العربية

greeting-morning = Good morning
greeting-evening = Good evening
greeting = { $part }, { $name }
home-empty-title = Your first answers are one file away
home-empty = Bring the orders export of your shop, till or accounting: CSV, Excel, JSON or Parquet. Masarat finds out by itself what the columns mean.
bring-file = Bring a file

controls = Choose what to look at
from = From
until = Until
own-days = Own days
more = More choices
show = Show
reset = Start over
choice-none = —
choice-segment-none = everybody
choice-breakdown-none = not split
choice-calendar-none = the shop's
yes = yes
no = no
hint-segment = for example: country=Saudi Arabia and channel!=email

download = Take with you
csv = CSV
xlsx = Excel
pdf = PDF
rows = The rows
rows-hidden = { $n ->
    [one] One more row is
   *[other] { $n } more rows are
} in the CSV file.
definitions = Definitions
how = How this is computed
notes = To keep in mind
footer-period = From { $first } to { $last }
footer-compared = compared with { $first } to { $last }
footer-sample = rests on { $sample }

sources-about = What came in, and the place to bring more.
sources-empty = Nothing has come in yet.
source-name = Name of the source
source-hint = Leave it empty if you have only one.
file = File
file-hint = CSV, TSV, Excel, JSON or Parquet; also as .gz or .zip
take-in = Take it in
taken-in = Taken in
try-first = Only try: read it, but keep nothing
report-rows = Rows
report-orders = Orders
report-customers = Customers
report-unidentified = Rows without a customer
report-added = New events
report-known = Known already
report-rejected = Rejected
column-in-file = Column in the file
understood-as = Understood as
samples = For example
when = When
first-last = Its days
state = State
state-done = done
state-failed = failed
state-running = running
state-interrupted = interrupted: import it again
rejected-rows = Rejected rows with their reasons, as CSV

docs-about = Everything these pages show can be asked by a program. Make a key with: masarat key add NAME --role analyst
docs-full = The full description (OpenAPI)
back-home = Back to the home page

choice-day = day
choice-week = week
choice-month = month
choice-compare-none = nothing
choice-compare-previous = the period before
choice-compare-last_year = the same days last year
choice-gregorian = Gregorian
choice-hijri = Hijri
choice-period-all = Everything
choice-period-today = Today
choice-period-yesterday = Yesterday
choice-period-this_week = This week
choice-period-last_week = Last week
choice-period-this_month = This month
choice-period-last_month = Last month
choice-period-last_7_days = Last 7 days
choice-period-last_30_days = Last 30 days
choice-period-last_90_days = Last 90 days
choice-period-last_365_days = Last 365 days
choice-period-this_year = This year
choice-period-last_year = Last year
choice-breakdown-channel = channel
choice-breakdown-source = source
choice-breakdown-country = country
choice-breakdown-city = city
choice-breakdown-branch = branch
choice-breakdown-payment = way of payment
choice-breakdown-coupon = coupon
choice-breakdown-campaign = campaign
choice-breakdown-device = device
