# Taking out all customers, which a second person agrees to.
menu-export = All customers as a workbook
usage-export = All customers as a workbook: /export customers
export-asked = Asked. Another manager or an admin confirms it, by { $until } at the latest; the workbook comes here then.
export-request = { $name } wants all customers they see as a workbook, with phones and e-mails.
    .title = Export of all customers
export-in-short = the export of all customers for { $name }
export-ready = Here are the customers you see. Please look after the file: it stands in the audit who asked for it, and who agreed.
export-declined = { $name ->
        [none] Somebody
       *[other] { $name }
    } did not agree to the export of all customers.
export-expired = Nobody has answered for three days, so there is no export of all customers. Shall I ask again?
nobody-else-to-approve = An export of all customers needs a second person, and there is no other manager or admin. An admin makes somebody one in /team; or whoever looks after the server runs: guanxi export
button-export-again = Ask again
roles-decides-export = who takes out all customers
export-heading = Customers
export-people = People
export-cut = And more: a workbook holds { $limit } customers. guanxi export on the server writes all.
export-head-code = Number
export-head-name = Name
export-head-short-name = Short name
export-head-grade = Grade
export-head-owner = Owner
export-head-phone = Phone
export-head-email = E-mail
export-head-address = Address
export-head-tags = Tags
export-head-customer = Customer
export-head-title = Title
action-export-asked = Export of all customers asked for
action-customers-exported = Export of all customers agreed to
audit-kind-exports = Exports
