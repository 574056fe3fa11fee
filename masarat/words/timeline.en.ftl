# What happened, one sentence an event. Every name of the dictionary in masarat/events.py has a message.

kind-visits = Visits
kind-carts = Carts
kind-orders = Orders
kind-payments = Payments
kind-service = Service
kind-surveys = Surveys and reviews
kind-messages = Messages
kind-identity = Identity
kind-consent = Consent
kind-notes = Notes and files
kind-other = Other
nothing = Nothing happened in this part of the timeline.
more = { $count ->
    [one] one more
   *[other] { $count } more
}
bare = { $name }

page-viewed = Viewed a page{ $page }
page-left = Left a page{ $page }
element-clicked = Clicked something on a page{ $label }
link-clicked = Followed a link away from the site{ $label }
file-downloaded = Downloaded a file{ $page }
form-started = Began to fill in a form{ $label }
form-submitted = Sent a form{ $label }
form-abandoned = Left a form without sending it{ $label }
video-playback-started = Started a video
video-content-playing = Watched on
video-playback-completed = Watched a video to the end
rage-clicked = Clicked again and again in anger{ $label }
dead-clicked = Clicked, and nothing happened{ $label }
page-reloaded = Reloaded a page{ $page }
error-seen = Saw an error on a page{ $label }
web-vitals-measured = The speed of a page was measured{ $page }
consent-changed = Changed the consent on the site
promotion-viewed = Saw a promotion{ $label }
promotion-clicked = Clicked a promotion{ $label }
products-searched = Searched{ $query }
product-list-viewed = Looked through a list of products{ $label }
product-list-filtered = Filtered a list of products{ $label }
product-clicked = Clicked a product{ $products }
product-viewed = Viewed a product{ $products }
signed-up = Opened an account
signed-in = Signed in
signed-out = Signed out
email-delivered = Got a message{ $label }
email-opened = Opened a message{ $label }
email-link-clicked = Clicked a link in a message{ $label }
email-bounced = A message came back{ $label }
email-marked-as-spam = Marked a message as spam{ $label }
unsubscribed = Unsubscribed from our messages
product-added-to-wishlist = Put on the wish list{ $products }
product-removed-from-wishlist = Took off the wish list{ $products }
wishlist-product-added-to-cart = Moved from the wish list to the cart{ $products }
product-added = Put into the cart{ $products }
product-removed = Took out of the cart{ $products }
cart-viewed = Looked at the cart
coupon-entered = Entered a coupon{ $coupon }
coupon-applied = A coupon was accepted{ $coupon }
coupon-denied = A coupon was refused{ $coupon }
coupon-removed = Took a coupon out{ $coupon }
live-chat-conversation-started = Began a chat
live-chat-conversation-ended = Ended a chat
experiment-viewed = Saw a variant of an experiment{ $label }
checkout-started = Began to check out{ $worth }
checkout-step-viewed = Saw a step of the checkout
checkout-step-completed = Completed a step of the checkout
payment-info-entered = Entered how to pay
payment-failed = The payment failed{ $worth }
order-pending = Ordered { $pieces ->
    [0] something
    [one] one product
   *[other] { $pieces } products
}{ $worth }, not paid yet
order-completed = Bought { $pieces ->
    [0] something
    [one] one product
   *[other] { $pieces } products
}{ $worth } from { $source }{ $products }
order-updated = An order was changed{ $order }
order-cancelled = An order was cancelled{ $order }
order-refunded = Was given money back{ $worth }{ $order }
payment-received = A payment came in{ $worth }{ $order }
order-shipped = An order was shipped{ $order }
order-delivered = An order was delivered{ $order }
delivery-refused = Refused a delivery{ $order }{ $label }
ticket-opened = Opened a ticket{ $label }
ticket-solved = A ticket was solved{ $label }
call-received = Called us{ $label }
call-made = We called{ $label }
branch-visited = Visited a branch{ $branch }
survey-answered = Answered a survey{ $survey }{ $said }
points-earned = Earned { $points ->
    [one] one point
   *[other] { $points } points
}
points-spent = Spent { $points ->
    [one] one point
   *[other] { $points } points
}
product-shared = Shared a product{ $products }
cart-shared = Shared the cart
product-reviewed = Reviewed a product{ $products }{ $stars }{ $said }
invite-sent = Invited a friend
customer-identified = Said who they are
identity-linked = Two identities were linked
account-joined = Joined a company
screen-viewed = Viewed a screen of the app{ $label }
brand-mentioned = Mentioned us{ $said }
stock-counted = The stock was counted
stock-ordered = Stock was ordered
stock-arrived = Stock arrived
search-result-shown = We were shown in search results

# What is added to a sentence
with-page = { " " }({ $value })
with-label = : { $value }
with-query = { " " }for “{ $value }”
with-products = : { $value }
with-coupon = : { $value }
with-worth = { " " }for { $value }
with-order = { " " }({ $value })
with-branch = : { $value }
with-survey = { " " }({ $value })
with-stars = , { $value } of 5
with-said = : “{ $value }”

# Who is who, consent, notes
identity-merged = { $identifier } was joined to { $owner }: { $why }
identity-split = { $identifier } was taken apart from { $was }: { $why }
identity-refused = { $one } and { $other } were not joined: { $why }
identity-decided = It was decided of { $one } and { $other }: { $why }
why-seen-together = seen together
why-gave-way = the link gave way
why-the-rules-have-changed = the rules have changed
why-said-to-be-two = said to be two
why-merge = decided by hand
why-never = decided by hand
why-alone = decided by hand
why-withdrawn = a decision was taken back
consent-granted = Agreed to { $purpose } by { $channel } ({ $source })
consent-denied = Did not agree to { $purpose } by { $channel } ({ $source })
consent-withdrawn = Withdrew the consent to { $purpose } by { $channel } ({ $source })
purpose-marketing = marketing
purpose-analytics = analytics
purpose-profiling = profiling
purpose-personalisation = personalisation
purpose-sharing = sharing
purpose-any = everything
by-email = e-mail
by-sms = SMS
by-whatsapp = WhatsApp
by-push = push
by-call = call
by-post = post
by-web = the site
by-any = any way
note-written = { $author } noted: { $text }
file-attached = { $author } attached a file: { $text }
