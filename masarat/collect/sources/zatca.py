"""Electronic invoices as the Saudi tax authority (ZATCA) prescribes them: UBL 2.1 in XML, one file a document, loose, in a folder or a zip.

Invoices (388), credit notes (381, as refunds), debit notes (383) and prepayments (386: payments without a sale yet; the final invoice
is the sale). European documents of the same syntax (EN 16931) are read as well. Every total is checked against its lines; a document
that does not add up is not taken. What the QR code says otherwise is noted beside the invoice.
Source: https://zatca.gov.sa (XML Implementation Standard), https://docs.oasis-open.org/ubl/UBL-2.1.html
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from masarat.collect.sheets import SAVE_AGAIN, Sheet
from masarat.collect.sources.base import Source
from masarat.collect.sources.documents import sheet_of
from masarat.errors import BadFile

NAME = "zatca"
LARGEST = 32 << 20  # bytes of one document
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
ROOTS = ("Invoice", "CreditNote", "DebitNote")
CREDIT, PREPAYMENT = "381", "386"
CENT = Decimal("0.01")
SLACK = Decimal("0.02")  # by which sums of rounded amounts may differ
RIGHT = "Ask for a right one where it comes from, and import that."
PAYMENTS = {"10": "cash", "30": "credit", "42": "bank transfer", "48": "card", "1": ""}
TITLES = {"388": "invoice", CREDIT: "credit note", "383": "debit note", PREPAYMENT: "prepayment"}


def opens(path: Path, head: bytes, name: str) -> list[Sheet] | None:
    """The lines of an invoice, or a prepayment; None for what is no UBL invoice."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text.startswith(b"<") or not _is_ubl(path):
        return None
    if path.stat().st_size > LARGEST:
        raise BadFile(f"{name} is larger than any invoice.", SAVE_AGAIN)
    document = _parsed(path.read_bytes(), name)
    kind = "payments" if _type(document) == PREPAYMENT else "orders"
    if wrong := _wrong(document):
        row = _prepayment(document) if kind == "payments" else {**_head(document), "line_total": ""}
        return [sheet_of(name, NAME, kind, [], [({**row, "paid": "", "file": name}, wrong, RIGHT)])]
    rows = [_prepayment(document)] if kind == "payments" else list(_rows(document))
    return [sheet_of(name, NAME, kind, rows)]


def _is_ubl(path: Path) -> bool:
    with path.open("rb") as file:
        return b"oasis:names:specification:ubl" in file.read(8192)


def _parsed(content: bytes, name: str) -> Element:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BadFile(
            f"{name} carries definitions of its own, which no invoice needs.",
            "Export it again from your program.",
        )
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise BadFile(f"{name} is cut short or damaged: it is not whole XML ({error}).", SAVE_AGAIN) from None
    if root.tag.partition("}")[2] not in ROOTS:
        raise BadFile(
            f"{name} is XML, but no invoice.", "Give invoices, credit notes and debit notes in UBL 2.1."
        )
    return root


TOTAL = ("LegalMonetaryTotal",)
BUYER = ("AccountingCustomerParty", "Party")
SELLER = ("AccountingSupplierParty", "Party")


def _at(node: Element, *path: str) -> Element | None:
    """The first node at the end of a path; names of parts that hold others stand in one namespace, those of values in another."""
    found: Element | None = node
    for step in path:
        if found is None:
            return None
        part = found.find(CAC + step)
        found = found.find(CBC + step) if part is None else part
    return found


def _text(node: Element, *path: str) -> str:
    found = _at(node, *path)
    return (found.text or "").strip() if found is not None else ""


def _amount(node: Element, *path: str) -> Decimal | None:
    try:
        return Decimal(_text(node, *path) or "x")
    except InvalidOperation:
        return None


def _or_zero(node: Element, *path: str) -> Decimal:
    return _amount(node, *path) or Decimal(0)


def _lines(document: Element) -> list[Element]:
    return [
        line
        for name in ("InvoiceLine", "CreditNoteLine", "DebitNoteLine")
        for line in document.findall(CAC + name)
    ]


def _type(document: Element) -> str:
    root = document.tag.partition("}")[2]
    return _text(document, "InvoiceTypeCode") or {"CreditNote": CREDIT, "DebitNote": "383"}.get(root, "388")


def _tax_total(document: Element) -> Element | None:
    """Of several totals of VAT the one in the document's own currency, with its parts; another is the same once more, or in riyals."""
    currency = _currency(document)

    def fits(total: Element) -> tuple[bool, bool]:
        amount = total.find(CBC + "TaxAmount")
        own = amount is not None and amount.get("currencyID", currency) == currency
        return own, total.find(CAC + "TaxSubtotal") is not None

    return max(document.findall(CAC + "TaxTotal"), key=fits, default=None)


def _tax(document: Element) -> Decimal:
    total = _tax_total(document)
    return Decimal(0) if total is None else _or_zero(total, "TaxAmount")


def _allowances(document: Element) -> Decimal:
    """Charges less discounts of the whole document."""
    found = Decimal(0)
    for each in document.findall(CAC + "AllowanceCharge"):
        sign = 1 if _text(each, "ChargeIndicator") in ("true", "1") else -1
        found += sign * _or_zero(each, "Amount")
    return found


def _net(document: Element) -> Decimal:
    """What it comes to without VAT: the lines, discounts and charges; in UBL 2.0, which lists no discounts, what it says itself."""
    said = _or_zero(document, *TOTAL, "LineExtensionAmount") + _allowances(document)
    if _amount(document, *TOTAL, "TaxInclusiveAmount") is not None:
        return said
    before = _amount(document, *TOTAL, "TaxExclusiveAmount")
    fits = before is not None and abs(before + _tax(document) - _gross(document)) <= SLACK
    return before if before is not None and fits else said


def _gross(document: Element) -> Decimal:
    whole = _amount(document, *TOTAL, "TaxInclusiveAmount")
    paid = _or_zero(document, *TOTAL, "PayableAmount") + _or_zero(document, *TOTAL, "PrepaidAmount")
    return paid if whole is None else whole


def _wrong(document: Element) -> str:
    """What does not add up, in one sentence; empty where all does."""
    lines, total = _lines(document), _at(document, *TOTAL)
    if not lines or total is None:
        return "The invoice has no lines or no totals."
    slack = SLACK + CENT * len(lines) / 2
    summed = sum((_or_zero(line, "LineExtensionAmount") for line in lines), Decimal(0))
    said = _or_zero(total, "LineExtensionAmount")
    if abs(summed - said) > slack:
        return f"Its lines come to {summed:,.2f}, the invoice says {said:,.2f}."
    told, tax = _tax_total(document), _tax(document)
    parts = [] if told is None else told.findall(CAC + "TaxSubtotal")
    summed = sum((_or_zero(part, "TaxAmount") for part in parts), Decimal(0))
    if parts and abs(summed - tax) > slack:
        return f"Its parts of VAT come to {summed:,.2f}, the invoice says {tax:,.2f}."
    net, gross = _net(document), _gross(document)
    before = _amount(total, "TaxExclusiveAmount")
    if before is not None and abs(net - before) > slack:
        return f"Lines, discounts and charges come to {net:,.2f}, the invoice says {before:,.2f} without VAT."
    if abs(net + tax - gross) > slack:
        return f"With VAT of {tax:,.2f} it comes to {net + tax:,.2f}, the invoice says {gross:,.2f}."
    return ""


def _rows(document: Element) -> Iterator[dict[str, str]]:
    """A row a line, its share of the document's discounts and charges in it; amounts of credit notes are negative."""
    sign = -1 if _type(document) == CREDIT else 1
    head, tax = _head(document), _tax(document)
    lines = [line for line in _lines(document) if not _is_prepaid(line)] or _lines(document)
    for line, net in zip(lines, _shares(document, lines), strict=True):
        yield {
            **head,
            "product_id": _text(line, "Item", "SellersItemIdentification", "ID")
            or _text(line, "Item", "StandardItemIdentification", "ID"),
            "product_name": _text(line, "Item", "Name") or _text(line, "Item", "Description"),
            "quantity": str(sign * _quantity(line)),
            "line_total": str(sign * net),
            "tax": str(sign * tax),
            "discount": str(
                max(_or_zero(document, *TOTAL, "LineExtensionAmount") - _net(document), Decimal(0))
            ),
        }


def _prepayment(document: Element) -> dict[str, str]:
    head = _head(document)
    return {"payment_id": head.pop("order_id"), "paid": str(_gross(document)), **head}


def _quantity(line: Element) -> Decimal:
    names = ("InvoicedQuantity", "CreditedQuantity", "DebitedQuantity")
    told = (_amount(line, name) for name in names)
    return next((found for found in told if found is not None), Decimal(1))


def _is_prepaid(line: Element) -> bool:
    """A line that only refers to a prepayment: it sells nothing."""
    return line.find(CAC + "DocumentReference") is not None and not _or_zero(line, "LineExtensionAmount")


def _shares(document: Element, lines: list[Element]) -> list[Decimal]:
    """What each line comes to once discounts and charges of the document are shared out; the rounding falls on the largest."""
    amounts = [_or_zero(line, "LineExtensionAmount") for line in lines]
    whole = sum(amounts, Decimal(0))
    more = _net(document) - _or_zero(document, *TOTAL, "LineExtensionAmount")
    if not more or not whole:
        return amounts
    shares = [(amount * more / whole).quantize(CENT, ROUND_HALF_UP) for amount in amounts]
    shares[amounts.index(max(amounts))] += more - sum(shares, Decimal(0))
    return [amount + share for amount, share in zip(amounts, shares, strict=True)]


def _head(document: Element) -> dict[str, str]:
    """What holds for the whole document. A time that ends in Z is its day's all the same: many write local time so."""
    buyer = _at(document, *BUYER)
    paid = _text(document, "PaymentMeans", "PaymentMeansCode")
    told = {
        "order_id": _text(document, "ID"),
        "ts": f"{_text(document, 'IssueDate')}T{(_text(document, 'IssueTime') or '12:00:00').rstrip('Z')}",
        "currency": _currency(document),
        "payment": PAYMENTS.get(paid, paid),
        "document": TITLES.get(_type(document), "invoice"),
        "standard": {"01": "standard", "02": "simplified"}.get(_form(document)[:2], ""),
        "uuid": _text(document, "UUID"),
        "original": _text(document, "BillingReference", "InvoiceDocumentReference", "ID"),
        "reason": _text(document, "PaymentMeans", "InstructionNote"),
        "seller": _text(document, *SELLER, "PartyTaxScheme", "CompanyID"),
        "qr_differs": _qr_differs(document),
    }
    return told | (_buyer(buyer) if buyer is not None else {})


def _form(document: Element) -> str:
    """The digits beside the type code, of which the first two say standard or simplified."""
    code = document.find(CBC + "InvoiceTypeCode")
    return code.get("name", "") if code is not None else ""


def _currency(document: Element) -> str:
    paid = _at(document, *TOTAL, "PayableAmount")
    return _text(document, "DocumentCurrencyCode") or (paid.get("currencyID", "") if paid is not None else "")


def _buyer(party: Element) -> dict[str, str]:
    return {
        "customer_id": _text(party, "PartyTaxScheme", "CompanyID")
        or _text(party, "PartyIdentification", "ID"),
        "name": _text(party, "PartyLegalEntity", "RegistrationName") or _text(party, "PartyName", "Name"),
        "email": _text(party, "Contact", "ElectronicMail"),
        "phone": _text(party, "Contact", "Telephone"),
        "city": _text(party, "PostalAddress", "CityName"),
        "country": _text(party, "PostalAddress", "Country", "IdentificationCode"),
    }


def qr_of(document: Element) -> dict[int, bytes]:
    """Tag → value of the QR code: base64 of TLV, lengths in bytes (tags 1 seller, 2 VAT number, 3 time, 4 total, 5 VAT)."""
    for reference in document.findall(CAC + "AdditionalDocumentReference"):
        if _text(reference, "ID") == "QR":
            return read_tlv(_text(reference, "Attachment", "EmbeddedDocumentBinaryObject"))
    return {}


def read_tlv(code: str) -> dict[int, bytes]:
    """The tags of a QR code's text; what is cut off is left out."""
    try:
        data = base64.b64decode("".join(code.split()), validate=True)
    except (binascii.Error, ValueError):
        return {}
    found: dict[int, bytes] = {}
    place = 0
    while place + 2 <= len(data):
        tag, length = data[place], data[place + 1]
        value = data[place + 2 : place + 2 + length]
        if len(value) < length:
            break
        found[tag] = value
        place += 2 + length
    return found


def _qr_differs(document: Element) -> str:
    """The total that the QR code says where it is another than the invoice's."""
    told = qr_of(document).get(4, b"").decode("utf-8", "replace")
    try:
        differs = bool(told) and abs(Decimal(told) - _gross(document)) > SLACK
    except InvalidOperation:
        differs = True
    return told if differs else ""


ZATCA = Source(
    NAME,
    "ZATCA e-invoices",
    "الفواتير الإلكترونية (زاتكا)",
    "The XML files that your invoicing program keeps, one by one, as a folder or as a zip.",
    opens=opens,
)
