# Leads: the card in every state, its questions, and what was done.
lead-summary =
    { $status }{ $reason ->
        [none] {""}
       *[other] {" "}({ $reason })
    }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }
lead-card = { lead-summary }
    .title = L{ $lead } { $name }
lead-added = { lead-summary }
    .title = Saved ✓ L{ $lead } { $name }
lead-exists = Already in the books. { lead-summary }
    .title = L{ $lead } { $name }
lead-near = You may have it already. { lead-summary }
    .title = L{ $lead } { $name }
lead-moved = { lead-summary }
    .title = L{ $lead } { $name }
lead-changed = Changed ✓ { lead-summary }
    .title = L{ $lead } { $name }
lead-lost = { lead-summary }
    .title = L{ $lead } { $name }
lead-reopened = Back at it. { lead-summary }
    .title = L{ $lead } { $name }
lead-accepted = Yours now. { lead-summary }
    .title = L{ $lead } { $name }
lead-given = { $owner } has L{ $lead } { $name } now, and was told.
lead-converted = Lead L{ $lead } is a customer now. Its contact, open follow-ups and history came along.
    .title = C{ $customer } { $name }
lead-ask-convert = { $code } { $name } is a customer already. Does this belong there?
lead-look-alike =
    { $code ->
        [none] By the way: a colleague’s record has the same number or address.
       *[other] By the way: { $code } { $name } has the same number or address.
    }
lead-too-long = That’s a lot for one lead. Please keep it under { NUMBER($limit) } characters, or paste one lead a line.
lead-which = Which part of “{ $words }” is the company, which the person?
lead-reading =
    { $company ->
        [none] Person { $person }
       *[other] { $person ->
            [none] Company { $company }
           *[other] { $company } · { $person }
        }
    }
lead-ask-reason = Why was { $name } (L{ $lead }) lost?
lead-ask-lost = What was the reason? Just write it.
lost-price = Price
lost-timing = Timing
lost-competitor = Competitor
lost-no-need = No need
lost-other = Something else
ask-owner = Who should have { $name } ({ $code })? Press a name, or write @name.
grade = { $grade }
grade-none = No grade

button-log = Log
button-working = Working on it
button-qualified = Qualified
button-convert = To customer
button-convert-into = Yes, to { $code } { $name }
button-convert-new = No, a new customer
button-lost = Lost
button-reopen = Try again
button-assign = Assign
button-history = History
button-person = { $name }
button-save-anyway = Save anyway
button-save-found = Save “{ $text }” as new lead

form-new-lead = New lead
form-edit-lead = L{ $lead } { $name }
label-company = Company
label-person = Contact person
label-phone = Phone
label-email = E-mail
label-source = Source
label-campaign = Campaign
label-note = Note
label-grade = Grade
hint-several = Several? Put commas between them.
hint-sources = For example { $sources }
lead-lost-followups = { $count ->
    [one] Its open follow-up is cancelled.
   *[other] Its { $count } open follow-ups are cancelled.
}
lead-words-unclear = “{ $typed }”: is that a company? Add a phone or an e-mail, or put a comma between company and person
