"""Electronic invoices: small ones by hand, and those that the tax authority and others publish."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from pathlib import Path

import pytest

from masarat.collect import quarantine
from masarat.collect.choosing import Choices
from masarat.collect.importing import import_files
from masarat.collect.sources.zatca import read_tlv
from masarat.errors import BadFile
from masarat.store import quarantined

NAMESPACES = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
    ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
    ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)
BUYER = """<cac:AccountingCustomerParty><cac:Party>
<cac:PostalAddress><cbc:CityName>الرياض</cbc:CityName><cac:Country><cbc:IdentificationCode>SA</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>311111111111113</cbc:CompanyID></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>مؤسسة دلة</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party></cac:AccountingCustomerParty>"""
NOBODY = "<cac:AccountingCustomerParty/>"


def line(name, quantity, net, code=""):
    seller = (
        f"<cac:SellersItemIdentification><cbc:ID>{code}</cbc:ID></cac:SellersItemIdentification>"
        if code
        else ""
    )
    return f"""<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity>{quantity}</cbc:InvoicedQuantity>
<cbc:LineExtensionAmount currencyID="SAR">{net}</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>{name}</cbc:Name>{seller}</cac:Item></cac:InvoiceLine>"""  # fmt: skip


def tax(amount, currency="SAR", parts=True):
    inside = f"<cac:TaxSubtotal><cbc:TaxAmount>{amount}</cbc:TaxAmount></cac:TaxSubtotal>" if parts else ""
    return f'<cac:TaxTotal><cbc:TaxAmount currencyID="{currency}">{amount}</cbc:TaxAmount>{inside}</cac:TaxTotal>'


def charge(amount, adds):
    return f"""<cac:AllowanceCharge><cbc:ChargeIndicator>{str(adds).lower()}</cbc:ChargeIndicator>
<cbc:Amount currencyID="SAR">{amount}</cbc:Amount></cac:AllowanceCharge>"""


def qr(total, seller="مؤسسة"):
    tags = [seller, "399999999900003", "2025-03-25T14:05:00Z", total, "3.00"]
    values = [text.encode() for text in tags]
    code = base64.b64encode(b"".join(bytes([n, len(value)]) + value for n, value in enumerate(values, 1)))
    return f"""<cac:AdditionalDocumentReference><cbc:ID>QR</cbc:ID><cac:Attachment>
<cbc:EmbeddedDocumentBinaryObject>{code.decode()}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"""


def invoice(
    lines=(("قهوة خولانية", 2, "20.00", "CF-1"),),
    *,
    number="INV-1",
    code=388,
    form="0200000",
    taxes=None,
    vat="3.00",
    sums=("20.00", "20.00", "23.00"),  # lines, without VAT, with VAT
    more="",
    buyer=NOBODY,
    currency="SAR",
    time="14:05:00",
):
    """A document as the authority prescribes it: all that is read of one, and nothing else."""
    net, before, whole = sums
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice {NAMESPACES}>
<cbc:ID>{number}</cbc:ID><cbc:UUID>uuid-of-{number}</cbc:UUID>
<cbc:IssueDate>2025-03-25</cbc:IssueDate><cbc:IssueTime>{time}</cbc:IssueTime>
<cbc:InvoiceTypeCode name="{form}">{code}</cbc:InvoiceTypeCode>
<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode><cbc:TaxCurrencyCode>SAR</cbc:TaxCurrencyCode>
{more}
<cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>399999999900003</cbc:CompanyID></cac:PartyTaxScheme></cac:Party></cac:AccountingSupplierParty>
{buyer}
<cac:PaymentMeans><cbc:PaymentMeansCode>10</cbc:PaymentMeansCode><cbc:InstructionNote>CANCELLATION</cbc:InstructionNote></cac:PaymentMeans>
{taxes or tax(vat, parts=False) + tax(vat)}
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="SAR">{net}</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="SAR">{before}</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="SAR">{whole}</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="SAR">{whole}</cbc:PayableAmount></cac:LegalMonetaryTotal>
{"".join(line(*each) for each in lines)}
</Invoice>"""


def events(store):
    return store.select(
        "SELECT name, order_id, toFloat64(revenue) AS net, toFloat64(tax) AS vat, currency, visitor_id FROM events ORDER BY name, order_id"
    )


def lines_of(store):
    return store.select(
        "SELECT product_ids, product_quantities, product_revenues FROM events ORDER BY name"
    )  # fmt: skip


def props(store, *names):
    return store.select(
        f"SELECT {', '.join(f'toString(props.{name}) AS {name}' for name in names)} FROM events ORDER BY name"
    )


def test_a_standard_invoice_names_its_buyer(take, store):
    report = take(invoice(form="0100000", buyer=BUYER), "one.xml")
    assert (report.source, report.kind, report.rows, report.rejected) == ("zatca", "orders", 1, 0)
    assert events(store) == [
        {
            "name": "Order Completed", "order_id": "INV-1", "net": 20, "vat": 3, "currency": "SAR",
            "visitor_id": "zatca:311111111111113",
        }
    ]  # fmt: skip
    assert props(store, "document", "standard", "uuid", "seller", "qr_differs") == [
        {"document": "invoice", "standard": "standard", "uuid": "uuid-of-INV-1", "seller": "399999999900003", "qr_differs": ""}
    ]  # fmt: skip
    assert store.select("SELECT trait, value FROM traits ORDER BY trait") == [
        {"trait": "city", "value": "الرياض"},
        {"trait": "country", "value": "SA"},
        {"trait": "name", "value": "مؤسسة دلة"},
    ]
    assert store.select("SELECT toString(ts, 'Asia/Riyadh') AS ts, payment FROM events") == [
        {"ts": "2025-03-25 14:05:00.000", "payment": "cash"}
    ]


def test_a_simplified_invoice_has_no_buyer(take, store):
    report = take(invoice(), "one.xml")
    assert (report.unidentified, events(store)[0]["visitor_id"]) == (1, "")
    assert props(store, "standard") == [{"standard": "simplified"}]
    assert lines_of(store) == [
        {"product_ids": ["CF-1"], "product_quantities": [2.0], "product_revenues": [20.0]}
    ]


@pytest.mark.parametrize("time", ["23:30:00", "23:30:00Z", "23:30:00.500"])
def test_the_day_is_the_one_it_was_issued_on(take, store, time):
    take(invoice(time=time), "one.xml")
    assert store.select("SELECT toString(toDate(ts, 'Asia/Riyadh')) AS day FROM events") == [
        {"day": "2025-03-25"}
    ]


def test_a_credit_note_is_a_refund_and_a_debit_note_a_sale(take, store):
    original = "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>INV-1</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>"
    take(invoice(number="CN-1", code=381, more=original), "credit.xml")
    take(invoice(number="DN-1", code=383, more=original), "debit.xml")
    assert [(row["name"], row["order_id"], row["net"], row["vat"]) for row in events(store)] == [
        ("Order Completed", "DN-1", 20, 3),
        ("Order Refunded", "CN-1", -20, -3),
    ]
    assert lines_of(store)[1] == {
        "product_ids": ["CF-1"],
        "product_quantities": [-2.0],
        "product_revenues": [-20.0],
    }
    assert props(store, "document", "original", "reason") == [
        {"document": "debit note", "original": "INV-1", "reason": "CANCELLATION"},
        {"document": "credit note", "original": "INV-1", "reason": "CANCELLATION"},
    ]


def test_notes_are_numbered_on_their_own(take, store):
    """Number 7 of the invoices, of the credit notes and of the debit notes are three documents, in one import or in three."""
    for number, code in enumerate((388, 381, 383)):
        take(invoice(number="7", code=code), f"{number}.xml")
    take(invoice(number="7"), "again.xml")
    found = [(row["name"], row["order_id"], row["net"]) for row in events(store)]
    assert found == [("Order Completed", "7", 20), ("Order Completed", "7", 20), ("Order Refunded", "7", -20)]


def test_a_returned_line_on_an_invoice_is_a_refund_of_its_own(take, store):
    lines = (("Pot", 3, "30.00", "P"), ("Cup", -1, "-10.00", "C"))
    take(invoice(lines), "one.xml")
    assert [(row["name"], row["net"], row["vat"]) for row in events(store)] == [
        ("Order Completed", 30, 3),
        ("Order Refunded", -10, 0),
    ]


def test_a_prepayment_is_money_and_no_sale(take, store):
    report = take(invoice(number="PRE-1", code=386, buyer=BUYER), "pre.xml")
    assert (report.kind, report.orders) == ("payments", 0)
    assert events(store) == [
        {
            "name": "Payment Received", "order_id": "", "net": 23, "vat": 0, "currency": "SAR",
            "visitor_id": "zatca:311111111111113",
        }
    ]  # fmt: skip
    assert props(store, "payment_id", "document") == [{"payment_id": "PRE-1", "document": "prepayment"}]


def test_a_line_that_only_refers_to_a_prepayment_sells_nothing(take, store):
    prepaid = line("Prepayment adjustment", 0, "0.00").replace(
        "<cac:Item>", "<cac:DocumentReference><cbc:ID>PRE-1</cbc:ID></cac:DocumentReference><cac:Item>"
    )
    take(invoice().replace("</Invoice>", prepaid + "</Invoice>"), "one.xml")
    assert lines_of(store)[0]["product_ids"] == ["CF-1"]


def test_discounts_and_charges_of_the_document_are_shared_to_the_halala(take, store):
    # 30 − 10 + 5 = 25 over three lines of 10: 8.33, 8.33 and what is left.
    lines = [(name, 1, "10.00", name) for name in "ABC"]
    more = charge("10.00", adds=False) + charge("5.00", adds=True)
    take(invoice(lines, more=more, vat="3.75", sums=("30.00", "25.00", "28.75")), "one.xml")
    found = lines_of(store)[0]
    assert found["product_revenues"] == [8.34, 8.33, 8.33]
    assert [(row["net"], row["vat"]) for row in events(store)] == [(25, 3.75)]


@pytest.mark.parametrize(
    "taxes",
    [
        tax("11.25", "SAR", parts=False) + tax("3.00", "USD"),
        tax("3.00", "USD") + tax("11.25", "SAR", parts=False),
        tax("11.25", "SAR") + tax("3.00", "USD"),
        tax("11.25", "SAR", parts=False) + tax("3.00", "USD", parts=False),
    ],
)
def test_vat_counts_once_and_in_the_currency_of_the_document(take, store, taxes):
    report = take(invoice(currency="USD", taxes=taxes), "one.xml")
    assert report.rejected == 0
    assert [(row["net"], row["vat"], row["currency"]) for row in events(store)] == [(20, 3, "USD")]


def test_the_lengths_of_a_qr_code_are_in_bytes():
    seller = "مؤسسة قهوة خولان"
    code = re.search(r"Object>(.*)</cbc", qr("23.00", seller))[1]
    found = {tag: value.decode() for tag, value in read_tlv(code).items()}
    assert len(seller) != len(seller.encode())
    assert found == {1: seller, 2: "399999999900003", 3: "2025-03-25T14:05:00Z", 4: "23.00", 5: "3.00"}
    assert read_tlv("no base64!") == {}
    assert read_tlv(code[:24]) == {}  # cut off within the seller


@pytest.mark.parametrize(("total", "differs"), [("23.00", ""), ("23", ""), ("230.00", "230.00"), ("?", "?")])
def test_a_qr_code_that_says_otherwise_is_noted(take, store, total, differs):
    report = take(invoice(more=qr(total)), "one.xml")
    assert report.rejected == 0
    assert props(store, "qr_differs") == [{"qr_differs": differs}]


def test_the_same_file_again_adds_nothing(take, store):
    first = take(invoice(buyer=BUYER), "one.xml")
    again = take(invoice(buyer=BUYER), "copy of one.xml")
    assert (first.added, again.added, again.restated, again.known) == (1, 0, 0, 1)


def test_a_folder_of_many_is_one_import(store, records, tmp_path):
    folder = tmp_path / "invoices"
    folder.mkdir()
    for n in range(1, 21):
        (folder / f"{n:02}.xml").write_text(invoice(number=f"INV-{n}"), "utf-8")
    (folder / "copy.xml").write_text(invoice(number="INV-1"), "utf-8-sig")
    (folder / "bad.xml").write_text(invoice(number="INV-99", vat="9.00"), "utf-8")
    reports = import_files(store, records, [folder], Choices())
    assert [(r.rows, r.orders, r.added, r.rejected, r.net) for r in reports] == [
        (21, 20, 20, 1, {"SAR": 400})
    ]
    assert reports[0].file == "01.xml … (21)"
    again = import_files(store, records, [folder], Choices())[0]
    assert (again.added, again.restated, quarantined.count_waiting(store)) == (0, 0, 1)


def test_a_zip_of_many_is_one_import(take, store):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for n in range(1, 8):
            archive.writestr(f"2025/03/{n}.xml", invoice(number=f"INV-{n}"))
        archive.writestr("__MACOSX/2025/03/._1.xml", b"\x00\x05")
    report = take(packed.getvalue(), "invoices.zip")
    assert (report.rows, report.orders, report.net) == (7, 7, {"SAR": 140})


@pytest.mark.parametrize(
    ("changed", "figures"),
    [
        ({"lines": (("قهوة", 2, "25.00"),)}, ("25.00", "20.00")),
        ({"sums": ("20.00", "18.00", "23.00")}, ("20.00", "18.00")),
        ({"sums": ("20.00", "20.00", "32.00")}, ("23.00", "32.00")),
        ({"vat": "2.00"}, ("22.00", "23.00")),
        ({"taxes": tax("3.00").replace("3.00</cbc:TaxAmount></cac:TaxSub", "1.00</cbc:TaxAmount></cac:TaxSub")}, ("1.00", "3.00")),
        ({"more": charge("5.00", adds=False)}, ("15.00", "20.00")),
    ],
)  # fmt: skip
def test_what_does_not_add_up_waits_with_both_figures(take, store, changed, figures):
    report = take(invoice(**changed), "bad.xml")
    assert (report.rows, report.rejected, events(store)) == (1, 1, [])
    row = quarantined.waiting(store).to_dicts()[0]
    assert all(figure in row["reason"] for figure in figures), row["reason"]
    assert "import that" in row["remedy"]
    assert "INV-1" in row["raw"]


def test_a_document_without_lines_waits(take, store):
    assert take(invoice(()), "bad.xml").rejected == 1
    assert quarantined.waiting(store)["reason"].to_list() == ["The invoice has no lines or no totals."]


def test_a_document_set_right_comes_in(take, store, records, tmp_path):
    take(invoice(sums=("20.00", "20.00", "32.00")), "one.xml")
    path = tmp_path / "waiting.csv"
    path.write_text(quarantine.export(store), "utf-8")
    found = quarantine.replay(store, records, path, list)  # as it is: still no sale
    assert (found.replayed, found.still_wrong, events(store)) == (0, 1, [])
    report = take(invoice(), "one.xml")
    assert (report.rejected, report.added) == (0, 1)
    assert [(row["order_id"], row["net"]) for row in events(store)] == [("INV-1", 20)]


def test_definitions_of_its_own_are_refused(take):
    bomb = invoice().replace("<Invoice ", '<!DOCTYPE lolz [<!ENTITY lol "lol">]>\n<Invoice ')
    with pytest.raises(BadFile, match="definitions of its own"):
        take(bomb, "bomb.xml")


def test_a_truncated_file_is_one_sentence(take):
    text = invoice()
    with pytest.raises(BadFile, match="cut short") as error:
        take(text[: len(text) // 2], "one.xml")
    assert "\n" not in error.value.sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"<Order {NAMESPACES}/>", "no invoice"),
        ('<?xml version="1.0"?><catalog><book/></catalog>', "not a table"),
        ("<html><body>invoice</body></html>", "web page"),
    ],
)
def test_other_documents_are_named(take, text, sentence):
    with pytest.raises(BadFile, match=sentence):
        take(text, "one.xml")


# What others publish. File → (event, without VAT, VAT, with VAT, currency); those named credit and debit in `Simplified` carry the
# other's code. In ubl-example2 two lines came back on the invoice itself. credit-note1 is UBL 2.0: 90 without VAT although its line says
# 100, and 90 + 17.50 are what it pays back.
SOLD, BACK = "Order Completed", "Order Refunded"
PUBLISHED = {
    "Simplified_Credit_Note": (SOLD, 250, 0, 250, "SAR"),
    "Simplified_Credit_Note_Error": (BACK, -12000, -1800, -13800, "SAR"),
    "Simplified_Debit_Note": (BACK, -250, 0, -250, "SAR"),
    "Simplified_Debit_Note_Error": (SOLD, 12000, 1800, 13800, "SAR"),
    "Out_Of_Scope_Simplified_Invoice": (SOLD, 12000, 0, 12000, "SAR"),
    "Simplified_Invoice_USD": (SOLD, 201, 30.15, 231.15, "USD"),
    "Simplified_Invoice": (SOLD, 201, 30.15, 231.15, "SAR"),
    "Simplified_Invoice_Error": (SOLD, 900, 135, 1035, "SAR"),
    "Standard_Credit_Note": (BACK, -4, -0.6, -4.6, "SAR"),
    "Standard_Credit_Note_Error": (BACK, -4, -0.6, -4.6, "SAR"),
    "Standard_Debit_Note": (SOLD, 24, 3.6, 27.6, "SAR"),
    "Standard_Debit_Note_Error": (SOLD, 12000, 1800, 13800, "SAR"),
    "Exempt_Standard_Invoice": (SOLD, 10250, 0, 10250, "SAR"),
    "Zero_Rate_Standard_Invoice": (SOLD, 10250, 0, 10250, "SAR"),
    "Standard_Invoice_USD": (SOLD, 966, 144.9, 1110.9, "USD"),
    "Sample_Invoice_advance_payment_1": (SOLD, 1900, 285, 2185, "SAR"),
    "Sample_Invoice_advance_payment_2": (SOLD, 2300, 345, 2645, "SAR"),
    "Standard_Invoice": (SOLD, 4, 0.6, 4.6, "SAR"),
    "Standard_Invoice_Error": (SOLD, 900, 135, 1035, "SAR"),
    "credit-note1": (BACK, -90, -17.5, -107.5, "GBP"),
    "ubl-example1": (SOLD, 229.6, 20.73, 250.33, "EUR"),
    "ubl-example2": (SOLD + BACK, 1436.5, 365.28, 1801.78, "NOK"),
    "ubl-example3": (SOLD, 1700, 305, 2005, "DKK"),
    "ubl-example4": (SOLD, 4000, 675, 4675, "DKK"),
    "ubl-example5": (SOLD, 4000, 675, 4675, "DKK"),
    "ubl-example6": (SOLD, 4000, 675, 4675, "DKK"),
    "ubl-example7": (SOLD, 3200, 0, 3200, "SEK"),
    "ubl-example8": (SOLD, 908.91, 190.87, 1099.78, "EUR"),
    "ubl-example9": (SOLD, 147, 30.87, 177.87, "EUR"),
    "ubl-example10": (SOLD, 908.91, 190.87, 1099.78, "EUR"),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_document_comes_to_what_it_says(name, store, records, shared_data):
    path = next((shared_data / "zatca_invoices").rglob(f"{name}.xml"))
    report = import_files(store, records, [path], Choices())[0]
    found = events(store)
    net, vat = sum(row["net"] for row in found), sum(row["vat"] for row in found)
    told = ("".join(row["name"] for row in found), *(round(n, 2) for n in (net, vat, net + vat)))
    assert (report.rejected, *told, {row["currency"] for row in found}) == (
        0,
        *PUBLISHED[name][:4],
        {PUBLISHED[name][4]},
    )


@pytest.mark.shared
def test_all_published_documents_are_here(shared_data):
    assert {path.stem for path in Path(shared_data / "zatca_invoices").rglob("*.xml")} == set(PUBLISHED)
