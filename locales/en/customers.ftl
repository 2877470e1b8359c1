# Customers, contacts and opportunities: cards, forms, and what was done.
customer-summary =
    { $grade ->
        [none] Customer
       *[other] Customer, grade { $grade }
    }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }
customer-card = { customer-summary }
    .title = C{ $customer } { $name }
customer-changed = Changed ✓ { customer-summary }
    .title = C{ $customer } { $name }
customer-exists = Already in the books. { customer-summary }
    .title = C{ $customer } { $name }
customer-near = You may have it already. { customer-summary }
    .title = C{ $customer } { $name }
customer-given = { $owner } has C{ $customer } { $name } now, and was told.
customer-ask-grade =
    { $grade ->
        [none] Which grade for { $name }?
       *[other] Which grade for { $name }? It is { $grade } now.
    }

contact-summary =
    { $title ->
        [none] {""}
       *[other] { $title },{" "}
    }{ $customer }
contact-card = { contact-summary }
    .title = P{ $contact } { $name }
contact-added = Saved ✓ { contact-summary }
    .title = P{ $contact } { $name }
contact-changed = Changed ✓ { contact-summary }
    .title = P{ $contact } { $name }

opportunity-summary =
    { $stage }{ $reason ->
        [none] {""}
       *[other] {" "}({ $reason })
    }{ $amount ->
        [none] {""}
       *[other] {" "}· { $amount }
    }{ $expected ->
        [none] {""}
       *[other] {" "}· expected { DAY($expected) }
    } · { $customer }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }
opportunity-card = { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-moved = { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-changed = Changed ✓ { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-opened = Saved ✓ { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-won = Well done! { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-lost = { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-ask-reason = Why was { $name } (O{ $opportunity }) lost?
opportunity-ask-lost = What was the reason for { $name } (O{ $opportunity })? Just write it.

card-person = { $value }
card-full-name = { $value }
card-amount = Expected: { $value }
card-point =
    { $kind }: { $value }{ $extension ->
        [none] {""}
       *[other] {" "}ext { $extension }
    }
card-campaign = Campaign: { $value }
card-source = Source: { $value }
card-grade = Grade { $value }
card-tags = Tags: { $value }
card-note = { $value }
card-address = { $value }
card-language = Speaks { $value }
card-custom = { $name }: { $value }
card-birthday =
    Birthday: { $value }{ $lunar ->
        [yes] {" "}(lunar)
       *[no] {""}
    }
card-contact =
    { $name }{ $title ->
        [none] {""}
       *[other] , { $title }
    }{ $phone ->
        [none] {""}
       *[other] {" "}· { $phone }
    }
card-contacts-more = … and { $count }{ $open ->
        [yes] +
       *[no] {""}
    } more contacts
card-opportunity =
    O{ $opportunity } { $name }{ $whose ->
        [none] {""}
       *[other] {" "}· { $whose }
    } · { $stage }{ $amount ->
        [none] {""}
       *[other] {" "}· { $amount }
    }
card-opportunities-more = … and { $count }{ $open ->
        [yes] +
       *[no] {""}
    } more opportunities
card-last =
    { CAPITAL(AGO($at)) }: { $kind }{ $note ->
        [none] {""}
       *[other] {" "}– { $note }
    }
card-next =
    Next: { $when }{ $note ->
        [none] {""}
       *[other] {" "}– { $note }
    } (F{ $followup })
card-next-more =
    { $open ->
        [yes] … and { $count }+ more follow-ups
       *[no] { $count ->
            [one] … and one more follow-up
           *[other] … and { $count } more follow-ups
        }
    }
card-no-next = Next: nothing planned

customer-contacts = The people at { $name }:
customer-opportunities = Possible sales with { $name }:
button-open = Open { $name }
button-open-customer = Customer
button-add-contact = + Contact
button-add-opportunity = + Opportunity
button-grade = Grade

form-edit-customer = { $code } { $name }
form-new-contact = New contact at { $name }
form-edit-contact = { $code } { $name }
form-new-opportunity = New opportunity with { $name }
form-edit-opportunity = { $name }
label-short-name = Short name
label-address = Address
label-language = Language
label-tags = Tags
label-custom = Further values
label-title = Title
label-birthday = Birthday
label-opportunity = What is it about?
label-amount = Amount
label-expected = Expected on
hint-custom = One a line, for example: floor: 12
hint-birthday = For example 12 March 1985, 03-12, or lunar 8-15.
wrong-custom = “{ $typed }” needs a name and a value: floor: 12
