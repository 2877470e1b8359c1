# My day: what is overdue, due today and waiting.
my-day =
    .title = My day
my-day-overdue =
    { $count ->
        [0] Nothing is overdue ✓
        [one] Overdue
       *[other] Overdue: { $count }
    }
my-day-today =
    { $count ->
        [one] Today
       *[other] Today: { $count }
    }
my-day-untouched =
    { $count ->
        [one] A lead nobody has spoken to
       *[other] Leads nobody has spoken to: { $count }
    }
my-day-idle =
    { $count ->
        [one] No next step for a week. What’s next?
       *[other] No next step for a week: { $count }. What’s next?
    }
my-day-held =
    { $count ->
        [one] Also for you
       *[other] Also for you: { $count }
    }
my-day-followup =
    { $subject } · { $when }{ $note ->
        [none] {""}
       *[other] {" "}· { $note }
    }{ $owner ->
        [none] {""}
       *[other] {" "}· for { $owner }
    }
my-day-lead =
    { $name } · { AGO($created) }{ $owner ->
        [none] {""}
       *[other] {" "}· for { $owner }
    }
my-day-idle-opportunity = { $name } · last { AGO($since) }
my-day-idle-customer = { $name } · last { AGO($since) }
my-day-more = and { $count } more
my-day-done = Done ✓ { $subject }
planned-on =
    { $last ->
        [none] { CAPITAL(DAY($first)) }
       *[other] { CAPITAL(DAY($first)) } to { DAY($last) }
    }
planned-on-nothing =
    { $last ->
        [none] Nothing is planned for { DAY($first) }.
       *[other] Nothing is planned from { DAY($first) } to { DAY($last) }.
    }
my-day-nothing = Nothing is waiting for you today.
button-open-of = { $name }

lead-untouched =
    { $risk ->
        [yes] At risk: nobody has spoken to { $name } for { $days ->
            [one] one working day
           *[other] { $days } working days
        }.
       *[no] Nobody has spoken to { $name } for { $days ->
            [one] one working day
           *[other] { $days } working days
        }.
    }{ $owner ->
        [none] {""}
       *[other] {" "}Owner: { $owner }
    }
leads-untouched = Nobody has spoken to these { $count } leads yet.
lead-untouched-line =
    { $name } · { $days ->
        [one] one working day
       *[other] { $days } working days
    }{ $risk ->
        [yes] {" "}· at risk
       *[no] {""}
    }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }
said-lead-untouched = “Nobody has spoken to this lead”
said-followup-accepted = “They take it”
said-deputy-asked = “Please stand in”
reason-nothing-to-say = there was nothing to say
reason-too-late = it was too late for that day
reason-touched-meanwhile = somebody did something with it meanwhile
reason-accepted-meanwhile = it was accepted before
said-followup-passed = “They passed it on”
said-lead-passed = “They passed it on”
said-customer-passed = “They passed it on”
