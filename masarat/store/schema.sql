-- The data dictionary of the event store: every table, every column, and why it is so.
--
-- One statement a table, each with a line above it that says where its rows live on a cluster:
--   @sharded    rows are spread by customer: a Distributed table over one local table a shard
--   @everywhere a small table, whole on every shard
-- `masarat schema --cluster NAME` turns this same text into the cluster's DDL.
-- Times are UTC. Money is a decimal in major units with its currency beside it, signed as it moves: a refund is negative.

-- Who is who: identifiers that belong to another customer than the one their own hash names. One row an identifier, the newest
-- stands; flat, so that one look-up suffices. An identifier that was merged and taken apart again stands as its own.
-- @everywhere
CREATE TABLE IF NOT EXISTS identity_overrides (
    from_id    UInt64,                                           -- hash of the identifier: events.customer_id
    identifier String,
    owner      UInt64,                                           -- the customer: hash of the identifier they are called by
    owner_name String,
    folded     UInt8 DEFAULT 0,                                  -- 1: events.owner says so already, and queries need not look it up
    at         DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(at)
ORDER BY from_id;

-- The overrides that queries look up, and all of them, which events and traits are told when they come in.
-- @lookup
CREATE DICTIONARY IF NOT EXISTS identity (from_id UInt64, owner UInt64)
PRIMARY KEY from_id
SOURCE(CLICKHOUSE(DB '{database}' QUERY 'SELECT from_id, owner FROM {database}.identity_overrides FINAL WHERE folded = 0'))
LAYOUT(HASHED())
LIFETIME(0);

-- @lookup
CREATE DICTIONARY IF NOT EXISTS identity_known (from_id UInt64, owner UInt64)
PRIMARY KEY from_id
SOURCE(CLICKHOUSE(DB '{database}' QUERY 'SELECT from_id, owner FROM {database}.identity_overrides FINAL'))
LAYOUT(HASHED())
LIFETIME(0);

-- Identifiers that were seen together, each pair from both its ends; of a pair the earliest sight stands.
-- @everywhere
CREATE TABLE IF NOT EXISTS identity_links (
    one      String,
    other    String,
    ts       DateTime64(3, 'UTC'),                               -- when they were seen together
    event_id String CODEC(ZSTD(1)),                              -- where: the evidence
    source   LowCardinality(String),
    early    UInt64 DEFAULT 18446744073709551615 - toUInt64(toUnixTimestamp64Milli(ts) + 62135596800000)
)
ENGINE = ReplacingMergeTree(early)
ORDER BY (one, other);

-- What people decided of two identifiers; the newest of a pair stands. `alone` is of one.
-- @everywhere
CREATE TABLE IF NOT EXISTS identity_decisions (
    one   String,
    other String,
    what  LowCardinality(String),                                -- merge, never, alone, withdrawn
    why   String,
    actor String,
    at    DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (one, other);

-- Every change of owner and every link that gave way: what, why, on which evidence, when, by whom. Only ever added to.
-- @everywhere
CREATE TABLE IF NOT EXISTS identity_log (
    at         DateTime64(6, 'UTC'),
    what       LowCardinality(String),                           -- merged, split, refused, decided
    identifier String,
    was        String,                                           -- by which identifier its customer was called before
    owner      String,                                           -- and is now
    why        String,
    one        String,                                           -- the link, or the decision, that brought it about
    other      String,
    event_id   String,
    source     LowCardinality(String),
    actor      LowCardinality(String)                            -- 'rules', or who decided
)
ENGINE = MergeTree
ORDER BY at
SETTINGS non_replicated_deduplication_window = 1000;

-- How many pairs of customers who may be one wait for a person. The queue itself is among the records; questions read this.
-- @everywhere
CREATE TABLE IF NOT EXISTS identity_queue (
    place   UInt8 DEFAULT 0,                                     -- one row: the newest stands
    waiting UInt64,
    at      DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(at)
ORDER BY place;

-- The one append-only log of moves; everything else can be rebuilt from it.
-- Ordered by customer, then time: a journey is read in one stretch. Partitioned by month: a period is a few parts.
-- @sharded
CREATE TABLE IF NOT EXISTS events (
    event_id     String CODEC(ZSTD(1)),                          -- idempotency: the SDK's own id, or a hash of what came in
    ts           DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)), -- when it happened, UTC
    received_at  DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(DoubleDelta, ZSTD(1)), -- when we took it in
    name         LowCardinality(String),                         -- Segment's words: 'Order Completed'; see masarat/events.py
    source       LowCardinality(String),                         -- which door or file it came through
    import_id    LowCardinality(String) DEFAULT '',              -- the import run that brought it; empty for live events
    visitor_id   String CODEC(ZSTD(1)),                          -- the identifier as it came, with its kind; '' = nobody named
    identifiers  Array(String) CODEC(ZSTD(1)),                   -- every identifier that came with it, each with its kind: 'user:17', 'email:a@b.sa', 'phone:+9665…'
    customer_id  UInt64 DEFAULT if(visitor_id = '', 0, xxHash64(visitor_id)) CODEC(ZSTD(1)), -- who, as known when written; 0 = unidentified
    owner        UInt64 DEFAULT dictGetOrDefault('identity_known', 'owner', customer_id, customer_id) CODEC(ZSTD(1)), -- whose it is, as known when written or last folded
    session_id   String DEFAULT '' CODEC(ZSTD(1)),               -- one visit
    channel      LowCardinality(String) DEFAULT '',              -- how they came: paid search, email, store, …
    url          String DEFAULT '' CODEC(ZSTD(1)),               -- page, without secrets
    referrer     String DEFAULT '' CODEC(ZSTD(1)),
    utm_source   LowCardinality(String) DEFAULT '',
    utm_medium   LowCardinality(String) DEFAULT '',
    utm_campaign LowCardinality(String) DEFAULT '',
    device       LowCardinality(String) DEFAULT '',              -- mobile, desktop, tablet, till
    country      LowCardinality(String) DEFAULT '',              -- as the source wrote it
    city         LowCardinality(String) DEFAULT '',
    order_id     String DEFAULT '' CODEC(ZSTD(1)),               -- the shop's own order or invoice number
    revenue      Decimal(18, 4) DEFAULT 0 CODEC(ZSTD(1)),        -- after discounts, before shipping and tax; refunds negative
    currency     LowCardinality(String) DEFAULT '',              -- ISO 4217 of every amount in this row
    discount     Decimal(18, 4) DEFAULT 0 CODEC(ZSTD(1)),        -- already taken off revenue
    tax          Decimal(18, 4) DEFAULT 0 CODEC(ZSTD(1)),
    shipping     Decimal(18, 4) DEFAULT 0 CODEC(ZSTD(1)),
    coupon       LowCardinality(String) DEFAULT '',
    payment      LowCardinality(String) DEFAULT '',              -- mada, card, cash on delivery, …
    branch       LowCardinality(String) DEFAULT '',              -- Segment's affiliation: branch, till or shop
    -- Products, one entry a line, all arrays of one row equally long.
    product_ids        Array(LowCardinality(String)),            -- SKU where there is one, else the product's id or name
    product_names      Array(LowCardinality(String)),
    product_categories Array(LowCardinality(String)),
    product_quantities Array(Decimal(18, 4)) CODEC(ZSTD(1)),     -- negative where returned
    product_revenues   Array(Decimal(18, 4)) CODEC(ZSTD(1)),     -- what the line adds to revenue, same sign as quantity
    revision     UInt64 DEFAULT 0 CODEC(ZSTD(1)),                -- hash of the content of an imported row: has it changed since?
    props        JSON(max_dynamic_paths = 64) DEFAULT '{}'                               -- whatever else came with it, kept as it is
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(ts)
ORDER BY (customer_id, ts)
SAMPLE BY customer_id
SETTINGS non_replicated_deduplication_window = 10000,
    enable_block_number_column = 1, enable_block_offset_column = 1, -- so that rows are deleted in milliseconds
    auto_statistics_types = '',                                  -- counting the values of each column costs inserts a tenth
    merge_selector_base = 10                                     -- merged a third as often as at 5, and seven parts where there were four
;

-- Sales that several sources tell, a row a telling: that of the shop stands, with the money of the books; those of the books, and of a till
-- where a shop tells them too, are left out. Found anew after every import (analyse/twins.py); the newest row of a telling counts.
-- @everywhere
CREATE TABLE IF NOT EXISTS told_twice (
    telling  UInt64,                                             -- of the event: cityHash64(source, name, order_id, ts)
    left_out UInt8,                                              -- 1: another event stands for this sale
    revenue  Decimal(18, 4),                                     -- of the books, where this one stands
    gone     UInt8 DEFAULT 0,                                    -- 1: it is the only telling now
    at       DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(at)
ORDER BY telling;

-- @lookup
CREATE DICTIONARY IF NOT EXISTS twins (telling UInt64, left_out UInt8, revenue Decimal(18, 4))
PRIMARY KEY telling
SOURCE(CLICKHOUSE(DB '{database}' QUERY 'SELECT telling, left_out, revenue FROM {database}.told_twice FINAL WHERE gone = 0'))
LAYOUT(HASHED())
LIFETIME(0);

-- What is known about a customer, each fact with its source and time; the newest of a source stands.
-- @sharded
CREATE TABLE IF NOT EXISTS traits (
    customer_id UInt64 DEFAULT xxHash64(visitor_id),
    visitor_id  String,                                          -- the identifier the fact came with
    trait       LowCardinality(String),                          -- Segment's words: name, email, phone, city, birthday, …
    value       String,
    source      LowCardinality(String),
    import_id   LowCardinality(String) DEFAULT '',
    ts          DateTime64(3, 'UTC')                             -- when it was so
)
ENGINE = ReplacingMergeTree(ts)
ORDER BY (customer_id, trait, source)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;

-- Whom a saved segment held when it was made: a list that stands until it is made again. Which making counts, and which question it came
-- from, is among the records; whose the numbers are by now is looked up where they are read.
-- @everywhere
CREATE TABLE IF NOT EXISTS segment_members (
    making      String CODEC(ZSTD(1)),                           -- one making of a segment
    customer_id UInt64 CODEC(ZSTD(1))                            -- the customer, by the identifier they were called by then
)
ENGINE = ReplacingMergeTree
ORDER BY (making, customer_id)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;

-- Products as the shop describes them; the newest description of a source stands.
-- @everywhere
CREATE TABLE IF NOT EXISTS products (
    product_id String,                                           -- as in events.product_ids
    source     LowCardinality(String),
    name       String DEFAULT '',
    name_ar    String DEFAULT '',
    category   LowCardinality(String) DEFAULT '',
    price      Decimal(18, 4) DEFAULT 0,                         -- list price
    cost       Decimal(18, 4) DEFAULT 0,                         -- cost of goods, one unit
    currency   LowCardinality(String) DEFAULT '',
    ts         DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(ts)
ORDER BY (product_id, source);

-- What was spent to bring customers, a row a day, channel, campaign and ad.
-- @everywhere
CREATE TABLE IF NOT EXISTS costs (
    day         Date,
    channel     LowCardinality(String),
    campaign    String DEFAULT '',
    ad_group    String DEFAULT '',
    ad          String DEFAULT '',
    source      LowCardinality(String),
    amount      Decimal(18, 4),
    currency    LowCardinality(String),
    impressions UInt64 DEFAULT 0,
    clicks      UInt64 DEFAULT 0,
    ts          DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(ts)
ORDER BY (day, channel, campaign, ad_group, ad, source, currency);

-- Rows that could not be taken, each with the reason and the remedy, until they are fixed and replayed.
-- @everywhere
CREATE TABLE IF NOT EXISTS quarantine (
    row_key    String,                                           -- hash of source and row: the same bad row stands once
    source     LowCardinality(String),
    import_id  String,
    file       String,
    row_number UInt64,                                           -- as a person counts: the header is row 1
    raw        String,                                           -- the row as it came, JSON object of its cells
    field      LowCardinality(String),                           -- which field is wrong
    reason     String,
    remedy     String,
    status     Enum8('open' = 1, 'replayed' = 2, 'dismissed' = 3) DEFAULT 'open',
    ts         DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(ts)
ORDER BY (source, row_key)
SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1;

-- What customers are found by: each word of their names and identifiers, with the identifier it came with. The views below fill it,
-- whoever writes events, facts and links; words are folded as masarat/words does it (tests/store/test_searching.py holds them together).
-- @sharded
CREATE TABLE IF NOT EXISTS search (
    word        String CODEC(ZSTD(1)),
    kind        LowCardinality(String),                          -- name, phone, email, user, salla, …; ending: a phone read from its end
    customer_id UInt64 CODEC(ZSTD(1))                            -- hash of the identifier that it came with
)
ENGINE = ReplacingMergeTree
ORDER BY (word, kind, customer_id);

-- Each of those words that consists of letters once, by its consonants: so a word is found by a part of it and from the other script.
-- @everywhere
CREATE TABLE IF NOT EXISTS search_words (
    sound LowCardinality(String),                                -- skeleton of masarat/words/names.py
    word  String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (sound, word);

-- What was told of whom passes through here on its way into `search`; nothing stays.
-- @passing
CREATE TABLE IF NOT EXISTS search_told (kind LowCardinality(String), value String, customer_id UInt64) ENGINE = Null;

-- Browsers, tablets and whom a gift goes to are nothing that somebody would look for; bare names stand among the facts. Events fill nothing:
-- that would cost imports a third, and a number under which somebody only ordered is found by its hash.
-- @view
CREATE MATERIALIZED VIEW IF NOT EXISTS search_of_links TO search_told AS
SELECT substring(one, 1, position(one, ':') - 1) AS kind, substring(one, position(one, ':') + 1) AS value, xxHash64(one) AS customer_id
FROM (
    SELECT DISTINCT one FROM identity_links WHERE NOT match(one, '^((anon|device|daily|consignee):|[^:]*:name:|[^:]*$)')
);

-- @view
CREATE MATERIALIZED VIEW IF NOT EXISTS search_of_traits TO search_told AS
SELECT multiIf(lower(trait) = 'phone', 'phone', lower(trait) = 'email', 'email', 'name') AS kind, value, customer_id
FROM traits
WHERE lower(trait) IN ('phone', 'email', 'name', 'firstname', 'lastname', 'first_name', 'last_name', 'full_name', 'fullname', 'username',
    'company', 'company.name');

-- @view
CREATE MATERIALIZED VIEW IF NOT EXISTS search_of_visitors TO search_told AS
SELECT substring(visitor_id, 1, position(visitor_id, ':') - 1) AS kind, substring(visitor_id, position(visitor_id, ':') + 1) AS value, customer_id
FROM (
    SELECT DISTINCT visitor_id, customer_id FROM traits
    WHERE NOT match(visitor_id, '^((anon|device|daily|consignee):|[^:]*:name:|[^:]*$)')
);

-- @view
CREATE MATERIALIZED VIEW IF NOT EXISTS search_names TO search AS
WITH
    translateUTF8(lowerUTF8(replaceRegexpAll(normalizeUTF8NFKD(value),
        '[\\pM\\x{640}\\x{200b}-\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}\\x{feff}ʿʾ‘’`ʼ\']', '')),
        'ٱىةکیگپچژڤڨہھøłđðı٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،؛؟«»–—…', 'ايهكيكبجزفقههolddi01234567890123456789        ') AS folded,
    tokens(folded) AS words,
    replaceRegexpAll(concat(' ', arrayStringConcat(words, ' ')), ' (al|el|as|ash|ad|ar|an|at|az|ال) ', ' \\1') AS with_article,
    replaceRegexpAll(with_article, ' (abd|abdul|abdel|abdal|abu|abou|umm|عبد|ابو|ابا|ابي|ام) ', ' \\1') AS joined,
    arrayDistinct(arrayConcat(words, splitByChar(' ', joined))) AS written,
    arrayMap(word -> replaceRegexpOne(word, '^(?:ال|al|el)(.{3,})$', '\\1'), written) AS bare
SELECT word, kind, customer_id
FROM (SELECT kind, customer_id, arrayJoin(arrayDistinct(arrayConcat(written, bare))) AS word FROM (SELECT * FROM search_told WHERE kind = 'name'))
WHERE word NOT IN ('', 'al', 'el', 'as', 'ash', 'ad', 'ar', 'an', 'at', 'az', 'ال', 'bin', 'ben', 'ibn', 'bint', 'بن', 'ابن', 'بنت');

-- @view
CREATE MATERIALIZED VIEW IF NOT EXISTS search_identifiers TO search AS
WITH
    translateUTF8(lowerUTF8(value), '٠١٢٣٤٥٦٧٨٩', '0123456789') AS folded,
    replaceRegexpAll(folded, '[^0-9]', '') AS digits,
    splitByChar('@', folded) AS halves
SELECT pair.1 AS word, pair.2 AS kind, customer_id
FROM (
    SELECT customer_id, arrayJoin(multiIf(
        kind = 'phone', [(digits, 'phone'), (reverse(digits), 'ending')],
        kind = 'email', arrayMap(part -> (part, 'email'),
            arrayConcat([folded, halves[-1]], extractAll(halves[1], '[a-z]{2,}|[0-9]{2,}'))),
        [(folded, toString(kind))])) AS pair
    FROM (SELECT * FROM search_told WHERE kind != 'name')
)
WHERE word != '';

-- @view
CREATE MATERIALIZED VIEW IF NOT EXISTS search_sounds TO search_words AS
WITH
    extractAll(word, 'tsch|tch|sch|tsh|dj|ck|dh|th|zh|ch|sh|ts|tz|cz|ce|ci|cy|ph|kh|gh|تش|تس|دج|.') AS pieces,
    arrayMap(piece -> transform(piece,
        ['b','p','ب', 't','ت','ط', 'd','z','dh','th','zh','د','ذ','ض','ظ','ز','ث',
            's','ch','sh','ts','tz','cz','tch','sch','tsch','tsh','ce','ci','cy','س','ص','ش','تش','تس', 'f','v','ph','ف',
            'k','q','g','c','j','kh','gh','ck','dj','ك','ق','غ','خ','ج','دج', 'x', 'l','ل', 'm','م', 'n','ن', 'r','ر', 'h','ح','ه'],
        ['B','B','B', 'T','T','T', 'D','D','D','D','D','D','D','D','D','D','D',
            'S','S','S','S','S','S','S','S','S','S','S','S','S','S','S','S','S','S', 'F','F','F','F',
            'K','K','K','K','K','K','K','K','K','K','K','K','K','K','K', 'KS', 'L','L', 'M','M', 'N','N', 'R','R', 'H','H','H'],
        ''), pieces) AS sounds,
    replaceRegexpOne(arrayStringConcat(arrayCompact(extractAll(arrayStringConcat(sounds), '.'))), 'H$', '') AS consonants
SELECT if(consonants = '', 'A', consonants) AS sound, word
FROM (SELECT DISTINCT word FROM search WHERE kind = 'name' OR (kind = 'email' AND NOT match(word, '[@0-9]')));
