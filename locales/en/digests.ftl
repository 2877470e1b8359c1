# The team's digest: what changed since the last one that was read, five lines at most, and what its buttons do.
digest =
    { $since }{ $logged ->
        [0] {""}
       *[other] {" "}· Logged: { $logged } ({ $names })
    }{ $new ->
        [0] {""}
       *[other] {" "}· New leads: { $new }
    }
    .title = Your team
digest-week =
    { $since }{ $logged ->
        [0] {""}
       *[other] {" "}· Logged: { $logged } ({ $names })
    }{ $new ->
        [0] {""}
       *[other] {" "}· New leads: { $new }
    }
    .title = Your team’s week
digest-quiet =
    { $since }: nothing in the team needs you ✓{ $logged ->
        [0] {""}
       *[other] {" "}· Logged: { $logged } ({ $names })
    }{ $new ->
        [0] {""}
       *[other] {" "}· New leads: { $new }
    }
digest-since-clock = Since { CLOCK($at) }
digest-since-day = Since { DAY($at) }
digest-since-weekday = Since { $day }
digest-weekday-1 = Monday
digest-weekday-2 = Tuesday
digest-weekday-3 = Wednesday
digest-weekday-4 = Thursday
digest-weekday-5 = Friday
digest-weekday-6 = Saturday
digest-weekday-7 = Sunday
digest-low =
    ☹ Low scores: { $count }{ $open ->
        [yes] +
       *[other] {""}
    } · { $records }{ $left ->
        [0] {""}
       *[other] {" "}and { $left } more
    }
digest-danger =
    ⏰ Service at risk: { $count }{ $open ->
        [yes] +
       *[other] {""}
    } · { $records }{ $left ->
        [0] {""}
       *[other] {" "}and { $left } more
    }
digest-overdue =
    Overdue: { $names }{ $asked ->
        [yes] {" "}· asked ✓
       *[other] {""}
    }
digest-unassigned =
    { $count ->
        [one] Nobody’s lead
       *[other] Nobody’s leads: { $count }{ $open ->
            [yes] +
           *[other] {""}
        }
    } · { $records }
digest-slipped =
    Slipped: { $records }{ $left ->
        [0] {""}
       *[other] {" "}and { $left } more
    }{ $asked ->
        [yes] {" "}· asked ✓
       *[other] {""}
    }
digest-risk =
    At risk, nobody called: { $records }{ $left ->
        [0] {""}
       *[other] {" "}and { $left } more
    }{ $asked ->
        [yes] {" "}· asked ✓
       *[other] {""}
    }
digest-won =
    🎉 Won: { $records }{ $left ->
        [0] {""}
       *[other] {" "}and { $left } more
    }{ $asked ->
        [yes] {" "}· said ✓
       *[other] {""}
    }
digest-of = { $name } { $count }
digest-record-low = { $name }
digest-record-danger =
    { $name }, { AGO($at) }{ $owner ->
        [none] {", "}nobody’s
       *[other] {" "}({ $owner })
    }
digest-record-overdue = { $owner }: { $name }, { AGO($at) }
digest-record-unassigned = { $name }
digest-record-slipped = { $name } ({ $owner }, { DAY($on) })
digest-record-risk = { $name } ({ $owner })
digest-record-won =
    { $name }{ $amount ->
        [none] {""}
       *[other] {" "}{ $amount }
    } ({ $owner })
digest-name-low = Low scores
digest-name-danger = Service at risk
digest-name-overdue = Overdue
digest-name-unassigned = Nobody’s leads
digest-name-slipped = Slipped
digest-name-risk = At risk
digest-name-won = Won
digest-open = Open
digest-show = Show
digest-record = { $section } · { $what }
digest-more = { $section } · there is more
digest-list =
    { $count }{ $open ->
        [yes] +
       *[other] {""}
    }
    .title = { $section }
digest-details = { $since }
    .title = The team in detail
digest-person =
    { $name }: { $kinds ->
        [none] nothing logged
       *[other] { $kinds }
    }{ $overdue ->
        [0] {""}
       *[other] {" "}· { $overdue } overdue
    }
digest-kind = { $kind } { $count }
button-nudge = Nudge
button-ask-why = Ask why
button-praise = Well done
button-team-digest = Your team
digest-asked-overdue = Asked { $names } ✓
digest-asked-risk = Asked { $names } ✓
digest-asked-slipped = Asked { $names } ✓ Their answer comes to you as a comment.
digest-take-over = Take over
digest-taken-over = { $name } is yours now ✓
digest-none-to-take = Those are done, or yours already.
digest-asked-won = Said to { $names } ✓

# Giving away what nobody has.
digest-assign =
    Who takes { $name }? It came { AGO($at) }.{ $left ->
        [0] {""}
        [one] {" "}One more is waiting.
       *[other] {" "}{ $left } more are waiting.
    }
button-person-load = { $name } · { $count } open
digest-assigned = { $name } → { $owner } ✓
digest-lead-taken = Somebody took { $name } meanwhile.

# What people hear when somebody asks from the digest.
nudged-overdue =
    { $by ->
        [none] { $count ->
            [one] One is left.
           *[other] { $count } are left.
        }
       *[other] { $count ->
            [one] { $by } asks about this one:
           *[other] { $by } asks about these { $count }:
        }
    }
    .title = Overdue
nudged-nothing-left = Nothing is overdue any more ✓
    .title = Overdue
nudged-risk =
    { $count ->
        [one] { $by } asks: nobody has spoken to this lead.
       *[other] { $by } asks: nobody has spoken to these { $count } leads.
    }
    .title = At risk
nudged-lead = { $name }
slip-asked =
    { $count ->
        [one] { $by } asks why this one slipped.
       *[other] { $by } asks why these { $count } slipped.
    }
    .title = Slipped
slip-line = { $name } · was expected { DAY($on) }
button-say-why = Say why
slip-why = Why did { $name } slip? Your next words go to { $by }, and to the customer’s history.
slip-answered = Thank you. { $by } has your answer ✓
praised =
    { $count ->
        [one] { $by } congratulates you: { $names } 🎉
       *[other] { $by } congratulates you on { $count } sales: { $names } 🎉
    }
    .title = Well done

# When it comes, and what stands in it.
digest-settings = What you press applies at once.
    .title = Your digest
digest-set-at = Comes at { CLOCK($at) }
digest-set-days = On { $days }
digest-set-weekly =
    { $day ->
        [none] Never sums up the week
       *[other] Sums up the week on { $day }
    }
digest-set-threshold =
    { $count ->
        [one] Says what is overdue from the first one on
       *[other] Says what is overdue when there are { $count } or more
    }
digest-toggle =
    { $on ->
        [yes] ✓ { $name }
       *[other] { $name }
    }
digest-days-button = Days
digest-ask-days = The digest comes on { $days }.
digest-form = Your digest
digest-field-at = Comes at
digest-hint-at = empty: half an hour before work
digest-field-weekly = Sums up the week on
digest-never = never
digest-field-threshold = Overdue from how many on?
digest-wrong-threshold = A number from 1 to { $most }.
kind-digest = The team’s digest
said-digest = The team’s digest
said-nudged-overdue = A question about what is overdue
said-nudged-risk = A question about leads at risk
said-slip-asked = “Why did it slip?”
said-praised = “Well done”

# The noise budget.
settings-noise = At most { $count } messages a day; after that, comments and news wait for My day
settings-noise-button = { $count } a day
reason-noise-budget = they had heard enough that day; it stands in My day

# The picture.
digest-chart-button = 📊
digest-chart = { $since }
    .title = The team in a picture
digest-satisfaction = { "" }
    .title = How satisfied customers are
said-digest-satisfaction = How satisfied customers are, in a picture
digest-chart-title = Logged and overdue by person
digest-chart-logged = Logged
digest-chart-alt =
    Logged: { $logged ->
        [none] nothing
       *[other] { $logged }
    }. Overdue: { $overdue ->
        [none] nothing
       *[other] { $overdue }
    }.
said-digest-chart = The team’s week in a picture
digest-assign-button = Assign
