# /settings: language, zone, hours, what one wants to hear, being away.
settings =
    .title = Settings of { $name }
settings-workdays = Working days: { $days }
settings-currency = Amounts without a currency are in { $currency }
settings-quiet = Quiet hours: { $start }–{ $end }
settings-day = My day comes at { CLOCK($at) }
settings-away =
    Away { $span ->
        [open] until { DAY($until) }
        [day] { DAY($until) }
       *[days] from { DAY($from) } to { DAY($until) }
    }{ $deputy ->
        [none] , nobody stands in
       *[other] , { $deputy } stands in
    }
settings-deputy-chosen = ✓ { settings-away }.
settings-form = Settings
settings-field-quiet-start = Quiet from
settings-field-quiet-end = Quiet until
settings-field-day = My day at
settings-hint-day = Empty: half an hour before work
settings-field-currency = Currency
settings-hint-currency = For example GBP. Empty: that of the country you work in
unknown-currency = I don’t know the currency “{ $typed }”. Three letters will do: CNY, USD, EUR.
settings-workdays-button = Working days
settings-kinds-button = What I hear
settings-away-button = I’ll be away
settings-deputy-button = Who stands in
settings-back-button = I’m back
settings-nobody-button = Nobody
settings-toggle-day =
    { $on ->
        [yes] ✓ { $day }
       *[no] { $day }
    }
settings-ask-days = You work on: { $days }
settings-ask-until = Which days are you away? For example: until Friday, or 5 Dec to 9 Dec.
settings-ask-deputy = Away { $span ->
        [open] until { DAY($until) }
        [day] { DAY($until) }
       *[days] from { DAY($from) } to { DAY($until) }
    }. Who stands in for you? Your reminders go to them.
settings-kinds = What you hear, and when
settings-kind = { $kind }: { $wish }
kind-reminders = Reminders
kind-assignments = What others give you
kind-comments = Comments that name you
kind-sharing = Requests to share
kind-untouched = Leads nobody has spoken to
kind-day = My day
wish-now = At once
wish-digest = In My day
wish-off = Off
no-workdays = One working day has to stay.
own-deputy = Somebody else has to stand in for you.
action-settings-changed = Settings changed
action-absence-set = Time away set
action-absence-ended = Back from time away
action-absence-begun = Time away begun
