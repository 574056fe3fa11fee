"""Zoho Books: exports of invoices, credit notes, customer payments, contacts, items, purchase orders and bills (a row a line).

A backup holds a file of every kind: those that tell of sales once more (estimates, sales orders), or of no customer, are refused by name.
"""

from masarat.collect.sources.base import ALL_ELSE, Export, Source, Useless
from masarat.collect.states import BILL, CREDIT

DOCUMENT = {
    "customer_id": ("Customer ID",),
    "name": ("Customer Name",),
    "email": ("Primary Contact EmailID", "EmailID"),
    "phone": ("Primary Contact Mobile", "Primary Contact Phone", "Billing Phone", "Shipping Phone"),
    "city": ("Billing City", "Shipping City"),
    "country": ("Billing Country", "Shipping Country"),
    "product_id": ("SKU",),
    "product_name": ("Item Name", "Item Desc"),
    "category": ("Category Name",),
    "quantity": ("Quantity",),
    "unit_price": ("Item Price",),
    "line_total": ("Item Total",),
    "line_tax": ("Item Tax Amount",),
    "order_total": ("Total",),
    "discount": ("Entity Discount Amount",),
    "shipping": ("Shipping Charge",),
    "shipping_tax": ("Shipping Charge Tax Amount",),
    "currency": ("Currency Code",),
    "branch": ("Location Name", "Branch Name"),
}
PURCHASE = {
    "supplier": ("Vendor Name",),
    "product_id": ("SKU",),
    "product_name": ("Item Name", "Item Desc", "Description"),
    "quantity": ("QuantityOrdered", "Quantity"),
    "cost": ("Item Price", "Rate"),
    "currency": ("Currency Code",),
}
TOLD = "Nothing to do: their invoices tell of the sales."

ZOHO_BOOKS = Source(
    "zoho_books",
    "Zoho Books",
    "زوهو بوكس",
    "In each list: ⋮ → Export (CSV or XLSX); or Settings → Data backup, as a zip.",
    (
        Export(
            "orders",
            ("Invoice Number", "Invoice Date", "Invoice Status"),
            {
                "order_id": ("Invoice Number",),
                "ts": ("Invoice Date",),
                "status": ("Invoice Status",),
                **DOCUMENT,
            },
            values={"document": "invoice"},
            apart=ALL_ELSE,
        ),
        Export(
            "orders",
            ("Credit Note Number", "Credit Note Date", "Credit Note Status"),
            {
                "order_id": ("Credit Note Number",),
                "ts": ("Credit Note Date",),
                "status": ("Credit Note Status",),
                **DOCUMENT,
            },
            values={"document": CREDIT},
            apart=ALL_ELSE,
        ),
        Export(
            "payments",
            ("CustomerPayment ID", "Payment Number"),
            {
                "payment_id": ("CustomerPayment ID",),
                "ts": ("Date", "Payment Date"),
                "paid": ("Amount",),
                "applied": ("Amount Applied to Invoice",),
                "order_id": ("Invoice Number",),
                "payment": ("Mode", "Payment Mode"),
                "status": ("Payment Status",),
                "currency": ("Currency Code",),
                "customer_id": ("CustomerID", "Customer ID"),
                "name": ("Customer Name",),
            },
            apart=ALL_ELSE,
        ),
        Export(
            "contacts",
            ("Contact ID", "Display Name", "EmailID", "Accounts Receivable|Customer Sub Type|Contact Type|Credit Limit"),
            {
                "customer_id": ("Contact ID",),
                "name": ("Display Name", "Contact Name"),
                "first_name": ("First Name",),
                "last_name": ("Last Name",),
                "company": ("Company Name",),
                "email": ("EmailID",),
                "phone": ("MobilePhone", "Phone", "Billing Phone"),
                "city": ("Billing City",),
                "country": ("Billing Country",),
                "vat_number": ("Tax Registration Number", "TRN", "VAT Registration Number", "Tax Number"),
                "language": ("Language Code",),
            },
            apart=ALL_ELSE,
        ),
        Export(
            "products",
            ("Item ID", "Item Name", "Rate"),
            {
                "product_id": ("SKU",),
                "product_name": ("Item Name",),
                "category": ("Category Name", "Parent Category"),
                "unit_price": ("Rate",),
                "cost": ("Purchase Rate",),
                "stock": ("Stock On Hand",),
                "supplier": ("Vendor", "Preferred Vendor"),
            },
            apart=ALL_ELSE,
        ),
        Export(
            "purchases",
            ("Purchase Order Number", "Purchase Order Date", "Purchase Order Status", "Vendor Name"),
            {
                "order_id": ("Purchase Order Number",),
                "ts": ("Purchase Order Date",),
                "expected_at": ("Expected Arrival Date", "Delivery Date"),
                "outcome": ("Purchase Order Status",),
                **PURCHASE,
            },
            apart=ALL_ELSE,
        ),
        Export(
            "purchases",
            ("Bill Number", "Bill Date", "Bill Status", "Vendor Name"),
            {"order_id": ("Bill Number",), "ts": ("Bill Date",), "outcome": ("Bill Status",), **PURCHASE},
            values={"document": BILL},
            apart=ALL_ELSE,
        ),
    ),
    useless=(
        Useless(("Estimate Number", "Estimate Date"), "estimates", TOLD),
        Useless(("SalesOrder Number", "SalesOrder ID"), "sales orders", "Import the invoices; or say --kind orders, to count the orders instead."),
        Useless(("Recurring Invoice ID", "Next Invoice Date"), "plans of invoices to come", TOLD),
        Useless(("Credit Note Number", "Applied Invoice Date"), "what credit notes were set against", "Nothing to do: the credit notes tell it."),
        Useless(("Credit Note Number", "Mode of Refund"), "money paid back", "Nothing to do: the credit notes tell it."),
        Useless(("VendorPayment ID",), "payments to suppliers"),
        Useless(("Vendor Credit Number",), "credit from suppliers"),
        Useless(("Contact ID", "Display Name", "Accounts Payable"), "suppliers"),
        Useless(("Recurring Bill Name",), "plans of bills to come"),
        Useless(("Recurring Expense Name",), "plans of expenses to come"),
        Useless(("Expense Date", "Expense Account"), "expenses"),
        Useless(("Journal Number", "Journal Date"), "journal entries"),
        Useless(("Account ID", "Account Name", "Account Type"), "accounts"),
        Useless(("Transaction Date", "From Account", "To Account"), "movements between accounts"),
        Useless(("InventoryAdjustment ID",), "corrections of stock"),
        Useless(("PriceList Name", "PriceList ID"), "lists of prices"),
    ),
    sample="""Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer ID,Customer Name,Primary Contact EmailID,Primary Contact Mobile,Is Inclusive Tax,Currency Code,Item Name,SKU,Quantity,Discount,Item Price,Item Total,Item Tax,Item Tax %,Item Tax Amount,Shipping Charge,Entity Discount Amount,SubTotal,Total,Balance
2025-03-25,9001,INV-000001,Paid,71,سارة الحربي,sara@example.com,0551234567,false,SAR,قهوة خولانية,CF-1,2,0,50,100,VAT,15,15,0,0,300,345,0
2025-03-25,9001,INV-000001,Paid,71,سارة الحربي,sara@example.com,0551234567,false,SAR,دلة,DL-9,1,0,200,200,VAT,15,30,0,0,300,345,0
2025-03-26,9002,INV-000002,Overdue,72,نورة,n@example.com,0501112233,false,SAR,دلة,DL-9,1,0,200,200,VAT,15,30,0,0,200,230,230
2025-03-27,9003,INV-000003,Draft,72,نورة,n@example.com,0501112233,false,SAR,دلة,DL-9,1,0,200,200,VAT,15,30,0,0,200,230,230
""",
)  # fmt: skip
