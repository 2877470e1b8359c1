# A report in a sentence: its card, the questions on it, and what Save wrote.
nothing-said = That message was empty. Tell me what happened, for example: called Acme, follow up Friday 10am.

entry-card =
    .title =
        { $subject }{ $contact ->
            [none] {""}
           *[other] {" "}· { $contact }
        }
entry-new-lead = { $name } (new lead)
entry-which = { $names }: which one?
entry-is-it = { $name }?
entry-nobody = No customer
entry-plan-only = Plan only
entry-line-kind =
    { $day ->
        [none] { $kind }
       *[other] { $kind } · { DAY($day) }
    }
entry-line-reach = { $reach }
entry-line-odd-phone = { $phones } is not a number that can be called. It stays in the note only.
entry-line-note = { $note }
entry-line-chat-cut = A long chat: the note keeps its newest { NUMBER($limit) } characters.
entry-line-amount =
    Amount: { $amount }{ $doubt ->
        [yes] {" "}– is that right?
       *[no] {""}
    }
entry-line-amount-range = Amount: { $amount } to { $most }, kept as { $amount }
entry-line-next =
    { $deadline ->
        [yes] Due by: { $when }
       *[no] Next: { $when }
    }{ $repeats ->
        [none] {""}
       *[other] , { $repeats }
    }{ $doubt ->
        [yes] {" "}– is that right?
       *[no] {""}
    }{ $step ->
        [none] {""}
       *[other] {" "}· { $step }
    }
entry-line-owner = For { $name }
entry-line-no-next = Next: nothing planned
day-of = { DAY($at) }
repeats =
    { $rule ->
        [daily] every day
        [weekly] every week
        [monthly] every month
        [yearly] every year
        [weekdays] every working day
       *[none] {""}
    }
repeats-each =
    { $rule ->
        [daily] every { $count } days
        [weekly] every { $count } weeks
        [monthly] every { $count } months
       *[yearly] every { $count } years
    }

entry-ask-kind = What was it?
entry-ask-when = When is the next step? For example: Friday 10am, or in two weeks.
entry-ask-who = Which company or person?
entry-ask-note = What should the note say?
entry-ask-amount = How much? For example: 50k, or 20000 EUR.
entry-below = Corrected below ↓
entries-card =
    { $count ->
        [one] One report in this message
       *[other] { $count } reports in one message
    }
entries-line =
    { $subject } · { $kind }{ $note ->
        [none] {""}
       *[other] {" "}· { $note }
    }{ $when ->
        [none] {""}
       *[other] {" "}· next { $when }
    }{ $doubt ->
        [yes] {" "}– is that right?
       *[no] {""}
    }
entries-saved =
    { $left ->
        [0] Saved: { $count }
       *[other] Saved: { $count }. { $left } still to be looked at.
    }
entries-saved-line = { $subject } · { $kind }
resume-entries =
    { $count ->
        [one] A report not yet saved
       *[other] { $count } reports not yet saved
    }
nothing-waits = Nothing is waiting to be saved here.
entry-saved-below = Saved below ↓
entry-dismissed = Dropped. Nothing was saved.
entry-gone = That card is no longer open: it was saved or dropped.
time-not-understood = I didn’t get the time. Try: tomorrow 3pm, Friday, 27 Nov 10:00.
amount-not-understood = I didn’t get the amount. Try: 50k, 20000 EUR.

entry-saved = Saved · { $subject }
saved-changed-since = That was changed since it was saved, so I left it as it is. Open it to correct it.
entry-amended = Corrected · { $subject }
entry-saved-lead = New lead { $code } · { $name }
entry-saved-reach = New: { $reach }
entry-saved-opportunity = { card-opportunity }
entry-saved-activity =
    { $kind }{ $note ->
        [none] {""}
       *[other] : { $note }
    }

button-save-new-lead = Save + new lead { $name }
button-save-for = Save for { $name }
button-candidate = { $name }
button-entry-who = Who
button-entry-nobody = No customer
button-entry-kind = What
button-entry-when = When
button-entry-note = Note
button-entry-amount = Amount
button-ask-share = Ask to share
when-tomorrow = Tomorrow
when-in-3-days = +3 days
when-monday = Monday
when-none = None
entry-line-finishes = Saving it also finishes this follow-up
entry-saved-finished = Follow-up done ✓
entry-near =
    { $matched ->
        [domain] Is this { $name }? The e-mail domain is the same.
       *[other] Is this { $name }? The names are much alike.
    }
entry-near-same = Yes, { $name }
