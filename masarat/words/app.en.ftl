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

# Sources
field-order_id = Order number
field-ts = Date
field-time = Time of day
field-business_day = Business day
field-customer_id = Customer number
field-name = Customer name
field-email = E-mail
field-phone = Phone
field-city = City
field-country = Country
field-product_id = Product code (SKU)
field-product_name = Product name
field-arabic_name = Arabic product name
field-category = Category
field-quantity = Quantity
field-unit_price = Unit price
field-line_total = Line total
field-order_total = Order total
field-discount = Discount
field-tax = VAT
field-line_tax = VAT of the line
field-shipping = Shipping
field-shipping_tax = VAT of shipping
field-refunded = Refunded
field-currency = Currency
field-status = Status
field-document = Kind of document
field-coupon = Coupon
field-payment = Payment method
field-branch = Branch
field-reference = Order number in the shop
field-channel = Channel
field-first_name = First name
field-last_name = Family name
field-gender = Gender
field-birthday = Birthday
field-company = Company
field-vat_number = VAT number
field-language = Language
field-tags = Tags
field-cost = Cost
field-stock = Stock
field-supplier = Supplier
field-lead_days = Days to restock
field-expiry = Expiry
field-batch = Batch
field-received = Received on
field-expected_at = Expected on
field-arrived_at = Arrived on
field-campaign = Campaign
field-ad_group = Ad group
field-ad = Ad
field-spend = Spend
field-until = Until
field-impressions = Impressions
field-clicks = Clicks
field-query = Search words
field-page = Page
field-position = Position
field-ticket_id = Ticket number
field-subject = Subject
field-priority = Priority
field-agent = Agent
field-replied_at = First reply
field-reply_minutes = Minutes to reply
field-solved_at = Solved on
field-outcome = Outcome
field-direction = Direction
field-caller = Caller
field-called = Called
field-leg_of = Part of call
field-seconds = Seconds
field-messages = Messages
field-survey = Survey
field-response_id = Answer number
field-question = Question
field-answer = Answer
field-score = Score
field-payment_id = Payment number
field-paid = Paid
field-applied = Applied
field-event = Event
field-move_id = Event number
field-browser_id = Browser
field-visit_id = Visit
field-device = Device
field-referrer = Referrer
field-move = What happened
field-kept = Kept as it is
bring = Bring data
bring-drop = Drop files here, or
bring-choose = choose them
bring-kinds = Any export as it is: Excel, CSV, JSON, Parquet, zip. Nothing is changed before you agree.
bring-reading = Reading { $file }…
bring-progress = { $done } of { $total } rows
bring-read = What was read
bring-understood = How it was understood
bring-changes = What will change
bring-rows = Rows
bring-orders = Orders
bring-customers = Customers
bring-added = New
bring-known = Known already
bring-restated = Corrected
bring-rejected = Not readable
bring-column = Column in the file
bring-field = Understood as
bring-samples = For example
bring-do = Bring it in
bring-cancel = Another file
bring-done = { $file } is in.
bring-answers = See what it tells
bring-mend = Mend the rows that could not be read
bring-first = First to last
sources-came = What came in
sources-none = Nothing came in yet. Drop a file above, or put the snippet on your site.
sources-connections = Connected programs
sources-connect = Connect a program
source-state-done = In
source-state-failed = Failed
source-state-running = Under way
source-state-interrupted = Interrupted
source-asked = Asked { $time }
source-never = Not asked yet
source-ask = Ask now
source-rows = { $n ->
    [one] One row
   *[other] { $n } rows
}
mend = Rows to mend
mend-about = These rows could not be read. Set them right here and take them in; nothing is lost.
mend-none = Every row was read.
mend-why = Why
mend-do = Take in what is mended
mend-dismiss = Leave these rows out
mend-done = { $n ->
    [0] No row could be taken in yet.
    [one] One row was taken in.
   *[other] { $n } rows were taken in.
}
mend-more = { $n ->
    [one] One more row waits.
   *[other] { $n } more rows wait.
}
snippet = Your site
snippet-about = One line in the head of every page, and visits are seen from then on.
snippet-name = What the site is called
snippet-make = Make the line
snippet-copy = Copy
snippet-copied = Copied
snippet-waiting = Waiting for the first event…
snippet-came = { $n ->
    [one] The first event has come.
   *[other] { $n } events have come.
}
welcome = Begin with your data
welcome-about = A file from your shop or your books is enough; the first answers come in a minute.
welcome-file = Drop a file
welcome-site = Put the snippet on your site
welcome-program = Connect a program

# The console
sql = SQL console
sql-about = Reads what is stored, and changes nothing. Every statement is written down in the audit log.
sql-write = The statement
sql-run = Run
sql-tables = Tables
sql-rows = { $n ->
    [one] One row
   *[other] { $n } rows
}
sql-more = The first { $n } rows; there are more.
sql-took = { $seconds } s · { $read } rows read
sql-recent = Lately
sql-none = No rows.

# All questions
questions = All questions
questions-find = Search the questions
questions-none = No question has these words.

# Now
live-now = Now
live-about = What happens in the shop, as it comes.
live-pause = Pause
live-go = Go on
live-paused = Paused
pages = Pages
# Boards

boards = Boards
boards-about = The answers you look at again and again, side by side.
boards-none = No board yet.
boards-none-do = Open a question, ask it as you like, and press Pin. Or name a board below and fill it afterwards.
boards-none-wait = Whoever analyses the shop puts them together; then you find them here.
boards-open-question = Open revenue
boards-full = There are { $n } boards, and that is all there may be. Remove one that nobody needs.
board-new = A new board
board-make = Make
board-title = Title of the board
board-title-hint = Monday morning
board-comma = {", "}
board-cards = { $n ->
    [0] Empty
    [one] One answer
   *[other] { $n } answers
}
board-no-cards = Nothing is pinned to this board yet.
board-no-cards-do = Open a question, ask it as you like, and press Pin. You might begin with one of these:
board-no-cards-wait = Whoever analyses the shop will fill it.
board-as-pinned = As each was pinned
board-order = Arrange
board-done = Done
board-earlier = Move “{ $card }” up
board-later = Move “{ $card }” down
board-widen = Make “{ $card }” wide
board-narrow = Make “{ $card }” narrow
board-rename = Another title for “{ $card }”
board-card-remove = Take “{ $card }” off
board-card-title = Title of the card
board-moved = Now in place { $place } of { $of }
board-card-gone = The card is off the board.
board-remove = Remove the board
board-gone = The board is removed.
board-all = All boards
board-changed = Somebody else has changed this board meanwhile. This is how it is now: make your change again.
pin = Pin
pin-board = To which board
pin-new = A new board
pin-do = Pin
pin-there = It is pinned there already
pin-open = Open
pinned = Pinned to “{ $board }”.

# Settings
settings = Settings
settings-account = My account
settings-users = People
settings-privacy = What roles see
settings-keys = Keys of sites
settings-targets = Targets
settings-log = What was done
settings-shop = The shop
account-role = Role
account-browsers = Where you are signed in
account-here = here
account-since = last seen { $day }
account-end = Sign out there
account-all = Show all { $n }
account-end-others = Sign out everywhere else
account-password = Change the password
account-old = Old password
account-new = New password
account-change = Change it and sign out
user-email = E-mail
user-name = Name
user-add = Add
user-password-is = The password of { $email }, shown this once:
user-new-password = New password
user-disable = Set aside
user-enable = Let in again
user-disabled = set aside
role-owner = Owner
role-analyst = Analyst
role-marketer = Marketer
role-sales = Sales
role-support = Support
role-finance = Finance
role-viewer = Viewer
mask-field-name = Name
mask-field-phone = Phone
mask-field-email = E-mail
mask-field-address = Address
mask-field-birthday = Birthday
mask-field-identifier = Number
mask-field-note = Notes
mask-whole = whole
mask-part = in part
mask-none = not at all
key-none = No site has a key yet.
key-revoke = Revoke
key-revoked = revoked
target-none = No targets yet. Set one with: masarat targets
log-none = Nothing yet.
log-who = Who
log-what = What
log-when = When

# Journey maps
maps = Journey maps
maps-about = The way as you see it: what customers want, meet and feel at each stage, beside what the data tells.
maps-none = No map is drawn yet. Give one a title, and it begins with your own stages.
map-title = Title of the map
map-make = Draw a map
map-persona = Whose journey
map-persona-about = What they are like
map-save = Save
map-saved = Saved
map-redo = Redo
map-stage = Stage
map-stage-new = New stage
map-stage-add = Add a stage
map-stage-remove = Remove { $stage }
map-earlier = Move { $stage } earlier
map-later = Move { $stage } later
map-live = What the data tells
map-live-none = No stage of the data.
map-versions = Earlier versions
map-remove = Remove this map
map-gone = The map is removed.
map-emotion = How it feels
map-goal = What they want
map-touchpoints = Where they meet us
map-friction = What is in the way
map-expectation = What they expect
map-opportunity = What we could do
map-owner = Who looks after it

# The journey
river = Customers by stage, and where they leave
river-map = Every touchpoint
river-pains = What goes wrong
river-wide = Widths and circles grow with the square root of the number, so that small stages are seen as well.

# One customer
cancel = Cancel
standing-stage = Stage
standing-since = since { $day }
standing-value = Brought so far, net
standing-expected = and { $money } to come within a year
standing-risk = Chance of no order
standing-risk-days = { $n ->
    [one] in the next day
   *[other] in the next { $n } days
}
standing-consent = Offers
standing-consent-yes = Agreed
standing-consent-no = Said no
standing-consent-never = Never asked
ahead = What to do
ahead-risk = { $n ->
    [one] { $money } may be lost in the next day.
   *[other] { $money } may be lost in the next { $n } days.
}
ahead-offer = Offer them
ahead-may = They agreed to offers: { $channels }.
ahead-may-not = They have not agreed to be sent offers: show these when they come to you.
ahead-all = All offers, and how they were found
ahead-nothing = Nothing presses, and too little is known to offer something.
fact-write = Put right: { $fact }
fact-others = what others told
fact-written = Kept, as written by hand.
fact-gone = What sources tell stands again.
fact-take-back = Take back what was written by hand
tags = Tags
tag-add = Tag
tag-new = A new tag
tag-remove = Take the tag { $tag } off
tag-gone = The tag { $tag } is off.
files = Files
files-none = No file yet: a contract, a picture, a letter.
file-attach = Attach a file
file-remove = Delete { $file }
file-sure = Delete for good?
by-any = by every channel
consent-tell = Record what they say
consent-purpose = For what
consent-channel = How
consent-yes = They agree
consent-no = They do not agree
consent-evidence = How do we know?
consent-evidence-hint = A call on 3 March, a form at the branch: it is kept as evidence.
consent-told = Recorded.
consent-stricter = Recorded. Another source says no, and the stricter stands.
relations-none = They belong with nobody yet.
relations-maybe = May belong with
relation-add = Add somebody
relation-kind = How they belong together
relation-role = Role, if any
relation-remove = Take the relation with { $other } back
relation-gone = The relation is gone.
who-with = with { $other }, { $day }
who-decided = What people decided
decided-merge = { $one } and { $other } are one customer
decided-never = { $one } and { $other } are two customers
decided-alone = { $one } stands alone
who-back = Take back: { $decision }
who-back-do = Take back
who-taken-back = Taken back: all is as if it had never been said.
who-orders = { $n ->
    [0] No orders come together.
    [one] One order comes together.
   *[other] { $n } orders come together.
}
who-kept = { $n ->
    [one] With one note, tag or file.
   *[other] With { $n } notes, tags and files.
}
who-stricter = They said different things, and the stricter will stand:
review-answered = Answered last
review-was-accepted = One customer
review-was-rejected = Two customers
review-was-left = Not asked again
review-undo = Undo: { $one }, { $other }

# The shop
company = The shop
company-country = Country
company-currency = Currency
company-timezone = Time zone
company-weekend = Weekend
company-weekend-fri-sat = Friday and Saturday
company-weekend-sat-sun = Saturday and Sunday
company-weekend-thu-fri = Thursday and Friday
company-weekend-fri = Friday
company-language = Language of answers and reports
company-language-ar = Arabic
company-language-en = English
company-calendar = Calendar
company-calendar-gregorian = Gregorian
company-calendar-hijri = Hijri (Umm al-Qura)
company-digits = Digits in Arabic
company-digits-latin = 123
company-digits-arabic = ١٢٣
company-fixed = Set where Masarat is started: { $variable }
company-save = Save
company-go-on = Go on
company-register = Told in the register of processing and in customers’ certificates:
company-controller = Responsible for the data
company-contact = How to reach them
company-officer = Data protection officer
company-basis = Legal basis
company-recipients = Who receives data
company-transfers = Transfers abroad
company-retention = How long it is kept
company-session_minutes = Minutes of silence after which a new visit begins
company-consent = Consent of visitors
company-without_consent = Events of those who did not agree
company-addresses = IP addresses
company-merge_above = Merged unasked above this chance
welcome-shop = Where is your shop?
welcome-shop-about = Every figure rests on this. You can change it in the settings whenever you like.
# Codes
codes = A code of your phone beside the password
codes-about = Who learns your password still cannot come in without your phone. You need an app that shows codes, such as your phone’s own password manager.
codes-on = { $n ->
    [one] A code is asked at every sign-in. One recovery code is left.
   *[other] A code is asked at every sign-in. { $n } recovery codes are left.
}
codes-begin = Turn it on
codes-confirm = Confirm
codes-renew = New recovery codes
codes-off = Turn it off
codes-scan = Scan it with the app, or type this secret into it; then write the code that it shows:
codes-picture = QR code for the app
codes-keep = Keep these in a safe place: each opens once if your phone is lost, and they are not shown again.
code = Code
password = Password
user-codes-off = Turn off their phone’s codes
# Programs
settings-programs = Keys of programs
program-about = With a key another program may ask what its role may ask.
program-name = Name of the program
program-make = Make a key
program-key-is = The key, not shown again:

# Whom an answer is about
whom = Whom it is about
whom-all = About everybody
whom-those = About those with
whom-is = { $name }: { $values }
whom-is-not = { $name } other than { $values }
whom-add = + Narrow it
whom-remove = Remove { $values }
whom-by = By
whom-true = is
whom-false = is not
whom-values = Which
whom-none = Nothing
whom-do = Add
whom-segment = segment
whom-city = city
whom-channel = channel
whom-source = source
whom-device = device
whom-branch = branch
whom-payment = payment
whom-coupon = coupon
whom-campaign = campaign
whom-country = country
event-never = This has not happened yet.
picture = Picture (PNG)
# Today
today-at_risk = Call them before they leave
today-abandoned_carts = This week’s carts are waiting
# Annotations
noted-change = Change { $text }
noted-changed = The note is changed.
noted-add = Note a day
noted-list = What was noted of these days
noted-text = What happened
noted-text-hint = New prices, a fault at the checkout
noted-day = Day
noted-last = Until, if longer
noted-remove = Remove: { $text }
noted-gone = The note is removed.
noted-outside = Noted. Its day is not among those shown here.

# How old an answer is
age = { $minutes ->
    [one] Found a minute ago.
   *[other] Found { $minutes } minutes ago.
}
age-anew = Find it anew
# Connect
connect = Connect a program
connect-about = Masarat asks the program again and again for what is new, and begins with everything it has. Keys are kept encrypted.
connect-back = All programs
connect-to = Connect { $program }
connect-again = Connected as { $names }
connect-needs = What it needs
connect-may-stay-empty = May stay empty
connect-kept = Kept encrypted, and shown to nobody again
connect-name = Name of the connection
connect-name-hint = What it brings is called so, too. Empty: the program's own name.
connect-name-taken = A connection of this name is there already; what you give here replaces what it had.
connect-every = Asked
connect-every-15 = every 15 minutes
connect-every-60 = every hour
connect-every-360 = every 6 hours
connect-every-1440 = every day
connect-every-0 = only when I say so
connect-every-other = { $n ->
    [one] every minute
   *[other] every { $n } minutes
}
connect-do = Connect and ask
connect-only = Connect
connect-unknown = There is no program of this name.
connect-may-not = Programs are connected by the owner of the shop.
connect-all = Add a program
connect-none = No program is connected yet. Connect your shop or your books, and what is new comes in by itself.
connect-none-viewer = No program is connected yet.
connect-here = A folder or a database on the machine that Masarat runs on is connected there, by the command: masarat connect
connect-comes-salla = Orders, customers and products
connect-comes-zid = Orders, customers and products
connect-comes-shopify = Orders, payments, customers and products
connect-comes-woocommerce = Orders, customers and products
connect-comes-foodics = Sales of every branch, payments and returns
connect-comes-qoyod = Invoices, payments, customers and products
connect-comes-daftra = Invoices, payments, customers and products
connect-comes-zoho_books = Invoices, credit notes, payments and customers
connect-comes-odoo = Sales, invoices and customers
connect-comes-zendesk = Tickets, and how soon they were answered
connect-comes-chatwoot = Conversations, and how soon they were answered
connect-comes-bucket = Every file that is put there
connect-comes-http_json = Whatever any other program tells
program-rows = { $n ->
    [one] one row
   *[other] { $n } rows
}
program-new = { $n ->
    [0] nothing new
    [one] one new
   *[other] { $n } new
}
program-so-far = { $n ->
    [0] Asking…
    [one] Asking… one row so far
   *[other] Asking… { $n } rows so far
}
program-silent = Nothing has come since { $day }
program-failed = What came before is kept. Ask again, or give it new keys.
program-let-go = Disconnect
program-let-go-title = Disconnect { $name }?
program-let-go-about = Its keys are forgotten, and it is asked no more. What it brought stays.
program-let-go-do = Yes, disconnect
program-gone = { $name } is disconnected.
program-change = Give new keys

# Sample
sample-try = Look around with a sample shop
sample-about = A shop that never was, of coffee and home goods: two years, 500 customers, loaded in a minute. Only into a shop without data.
sample-loading = The sample shop is being loaded…
sample-share = { $share } done
sample-interrupted = Loading the sample shop was interrupted.
sample-go-on = Go on
sample-is = This is a sample shop.
sample-is-about = Its customers and orders never were. Begin with your own data in an empty shop, for the two cannot be taken apart.
sample-own = Begin with my own data
sample-how = Stop Masarat and start it on a new directory: it begins empty, with a new first sign-in, and the sample stays where it is.
sample-copy = Copy
sample-copied = Copied
who-linked = { $n ->
    [one] One link between their identifiers.
   *[other] { $n } links between their identifiers.
}

# Stages
settings-stages = Stages
stages-about = Where customers stand on their way. Names and rules are yours; changing them counts for the past too, and no event is lost.
stages-preset = Begin with ready-made stages
stages-preset-choose = Choose
stages-preset-six = Six: from awareness to advocacy
stages-preset-five = Five: without interest
stages-preset-plain = Six, in everyday words
stages-stage = Stage
stages-new = New stage
stages-ar = Name in Arabic
stages-en = Name in English
stages-first = Everybody who was ever seen is at least here.
stages-when = { $n ->
    [one] One event leads here
   *[other] Any of { $n } events leads here
}
stages-when-none = Nothing leads here yet
stages-by = An event that leads here
stages-by-add = Add it
stages-drop = Remove { $step }
stages-times = Which time
stages-lapses = Ends after days (0: never)
stages-after = Not before
stages-after-any = Any stage
stages-dormant = Dormant after days
stages-lost = Lost after days
stages-dormant-name = Dormant
stages-lost-name = Lost
stages-earlier = Move { $name } up
stages-later = Move { $name } down
stages-remove = Remove { $name }
stages-add = Add a stage
stages-look = See what would change
stages-save = Save these stages
stages-back = Discard changes
stages-saved = The new stages hold now.
stages-change = Customers in each stage
stages-now = Customers now
stages-then = Customers then

# Retention
settings-retention = How long data is kept
keep-about = Everything is kept without end, unless you say otherwise for a source. What is older goes once a day, and cannot be brought back.
keep-none = Nothing has come in yet.
keep-always = Kept without end
keep-events = { $n ->
    [one] one event
   *[other] { $count } events
}
keep-days = { $n ->
    [one] Kept for one day
   *[other] Kept for { $n } days
}
keep-for = Days to keep what comes from { $name }
keep-placeholder = Days
keep-set = Keep so long
keep-end = Keep without end
keep-look = See what would be deleted now
keep-would = This would be deleted now:
keep-nothing = Nothing is older than that: nothing would be deleted.
keep-gone = Deleted.
keep-rows = { $n ->
    [one] one row from before { $day }
   *[other] { $count } rows from before { $day }
}
keep-delete = Delete it now

# Backups
settings-backups = Backups
backup-about = A backup is the whole shop as it stands: events, customers, settings, files and the key of stored secrets. The shop goes on while one is made.
backup-make = Make a backup now
backup-making = A backup is being made…
backup-none = There is no backup yet.
backup-holds = { $n ->
    [one] One event
   *[other] { $count } events
}
backup-where = They lie on this server; copy them to another disk or place:
backup-back = To bring the newest back into a new shop:
backup-erased = Whoever is erased stays in the backups made before: remove the old ones.
backup-remove = Remove this backup?
backup-remove-about = It cannot be brought back after that:
backup-remove-do = Remove it
backup-keep = Keep it

# Rates
company-rates = What sales cost beside goods; profit and lifetime value take these where a question gives none. Empty is not known:
company-vat_percent = VAT in prices
company-parcel_cost = Cost of a parcel, each way
company-minute_cost = Cost of a minute of service
company-point_value = Value of a loyalty point
company-payment_fees = Payment fees
fees-way = Way to pay
fees-others = all others
fees-percent = Percent
fees-fixed = Fixed
fees-away = Take away: { $way }
fees-add = Add a way to pay

# Pictures
pointing-keys = Arrow keys read it place by place, Enter opens the customers behind a place, Escape leaves.
pointing-customer = Open the customer
pointing-undo = Back to the period before

# Mail

mail = Letters
mail-on = Letters to users go out through { $host } in the name of { $sender }: whoever forgot the password gets a link.
mail-off = No letters are sent. With these two settings whoever forgot the password gets a link by letter:
mail-test = Send a test letter to me
mail-sent = The mail server took a letter to { $to }.
