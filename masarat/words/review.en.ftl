pair = Pair { $id }, { $probability }
one = The one
other = The other
customer = Identifier
names = Name
phones = Phone
emails = E-mail
tax_numbers = Tax number
birthday = Date of birth
city = City
none = No pair waits. To look for some: masarat review refresh
no-such = There is no such pair.
shown = { $shown } of { $count } shown.
answer = Answer with: masarat review accept, reject or leave, and the pair's number
left-out = { $left ->
    [one] One further pair comes
   *[other] { $left } further pairs come
} after the next look.
merged = { $merged ->
    [0] Nobody is merged without asking
    [one] One pair is merged without asking
   *[other] { $merged } pairs are merged without asking
}, of { $customers ->
    [one] one customer
   *[other] { $customers } customers
}; { $waiting ->
    [0] nobody waits for you
    [one] one pair waits for you
   *[other] { $waiting } pairs wait for you
}.
skipped = { $skipped ->
    [one] Once a customer shared
   *[other] { $skipped } times a customer shared
} even two values with too many others, and was not compared with them for that.
