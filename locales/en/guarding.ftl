# What a role sees masked, and what it may not change.
lock-name =
    { $field ->
        [lead-company] company of a lead
        [lead-person] person of a lead
        [lead-phone] phone of a lead
        [lead-email] e-mail of a lead
        [lead-amount] amount of a lead
        [lead-source] source of a lead
        [lead-grade] grade of a lead
        [lead-owner] owner of a lead
        [customer-name] name of a customer
        [customer-grade] grade of a customer
        [customer-address] address of a customer
        [customer-phone] phone of a customer
        [customer-email] e-mail of a customer
        [customer-owner] owner of a customer
        [contact-name] name of a contact
        [contact-birthday] birthday of a contact
        [contact-phone] phone of a contact
        [contact-email] e-mail of a contact
        [opportunity-name] name of an opportunity
        [opportunity-amount] amount of an opportunity
        [opportunity-expected_on] closing day of an opportunity
        [opportunity-stage] stage of an opportunity
       *[opportunity-owner] owner of an opportunity
    }
mask-field-phone = phone
mask-field-email = e-mail
mask-field-handle = chat accounts
mask-field-amount = amount
mask-field-birthday = birthday
mask-field-address = address
topic-masks = Masked fields
topic-locks = Locked fields
setting-role-fields = { $role }: { $fields ->
        [none] nothing
       *[other] { $fields }
    }
setting-field-on = ☑ { CAPITAL($field) }
setting-field-off = ☐ { CAPITAL($field) }
company-fields = { $kind ->
        [masks] { $role }: what is masked in records that are not their own. They can look with Show, which stands in /audit.
       *[locks] { $role }: what they may not change once it is filled in.
    }
    .title = { $topic }
setting-masks = { $field }, masked for { $role }
setting-locks = { $field }, locked for { $role }
effect-masks =
    { $count ->
        [0] Nobody has that role now.
        [one] One person sees their cards so from now on.
       *[other] { $count } people see their cards so from now on.
    }
effect-locks =
    { $count ->
        [0] Nobody has that role now.
        [one] It holds for one person from now on.
       *[other] It holds for { $count } people from now on.
    }
field-locked = The { lock-name } is not yours to change. Who may: { $rep ->
        [yes] sales reps,{" "}
       *[no] {""}
    }{ $agent ->
        [yes] support agents,{" "}
       *[no] {""}
    }{ $manager ->
        [yes] managers,{" "}
       *[no] {""}
    }admins.
form-locked = Not yours to change here: { $fields }
form-locked-field = { $label }: { $value }
form-notes = { $first } · { $then }
button-show-masked = Show
button-locked = 🔒 { $what }
button-locked-field =
    { $field ->
        [grade] Grade
        [stage] Stage
       *[owner] Owner
    }
