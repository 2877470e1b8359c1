# Follow-ups: the reminder, the card, and what became of it.
followup-about =
    { $note ->
        [none] {""}
       *[other] {"\u000A"}{ $note }
    }{ $contact ->
        [none] {""}
       *[other] {"\u000A"}{ $contact }
    }{ $phone ->
        [none] {""}
       *[other] {"\u000A"}{ $phone }
    }{ $repeats ->
        [none] {""}
       *[other] {"\u000A"}{ $repeats }
    }
followup-due = { followup-about }
    .title =
        ⏰ { $subject } · { $when }{ $late ->
            [yes] {" "}(late)
           *[no] {""}
        }
followups-due =
    .title =
        ⏰ { $count ->
            [0] All done ✓
            [one] One follow-up is due
           *[other] { $count } follow-ups are due
        }{ $late ->
            [yes] {" "}(late)
           *[no] {""}
        }
followup-line =
    { $subject } · { $when }{ $note ->
        [none] {""}
       *[other] {" "}· { $note }
    }
followup-line-done = ✓ { $subject }
followup-line-cancelled = – { $subject }, dropped
followup-open = { followup-about }
    .title =
        { $subject } · { $when }{ $theirs ->
            [yes] {" "}· { $owner }
           *[no] {""}
        } · F{ $followup }
followup-planned = { followup-about }
    .title = Planned ✓ { $subject } · { $when } · F{ $followup }
followup-given = { followup-about }
    .title = Planned ✓ { $owner } follows up: { $subject } · { $when } · F{ $followup }
followup-assigned = { followup-about }
    .title = { $subject } · { $when }: { $by } asks you to follow up
followup-taken = { followup-about }
    .title = Yours: { $subject } · { $when } · F{ $followup }
followup-accepted = { $subject } · { $when }: { $by } takes it
followup-passed-on = { $owner } was asked to follow up: { $subject } · { $when }
followup-ask-whom = { $subject }: who should follow up? Press a name, or write @name.
followup-finished = Done ✓ { $subject }. What’s next?
followup-finished-again = Done ✓ { $subject }. Next: { $next }
followup-moved = Moved: { $subject } · { $when }
followup-done = Done { AGO($closed) }: { $subject } · F{ $followup }
followup-cancelled = Dropped { AGO($closed) }: { $subject } · F{ $followup }
followup-dropped = Dropped: { $subject } · F{ $followup }
followup-ask-when = { $subject }: when? Press a day, or write it: tomorrow 3pm, 27 Nov 10:00.
form-reschedule = { $subject }: another time
label-day = Day
label-time = Time
hint-time = Empty: in the course of that day
followup-log-hint = What was said? Just write it, with the next step; or save it as it is.
button-done-of = Done · { $subject }
stands-in = For { $name }, who is away until { DAY($until) }.
deputy-asked = { $name } is away { $span ->
        [open] until { DAY($until) }
        [day] on { DAY($until) }
       *[days] from { DAY($from) } to { DAY($until) }
    } and asks you to stand in: their reminders come to you then.
staff-unreachable =
    { $reason ->
        [not-joined] { $name } has not come in yet and hears nothing from me. Please remind them of their link; /team makes a new one.
       *[other] I can’t reach { $name } on any channel. Please ask them to open a chat with me again.
    }
followup-passed = { $subject } · { $when }: { $by } passed it on to { $owner }
