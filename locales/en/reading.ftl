# Looking things up: search, history, undo, why; comments and sharing.
button-n-more =
    { $open ->
        [yes] { $count }+ more
       *[no] { $count } more
    }
button-first-page = From the start
find-found = Found for “{ $text }”:
button-look-on = Look further back
find-not-yet = Nothing for “{ $text }” among the newest. I can look further back.
find-no-more = Nothing more for “{ $text }”.
find-nothing = Nothing of yours matches “{ $text }”.
find-said =
    { $code ->
        [none] { $kind }
       *[other] { $code } { $name } · { $kind }
    } · { AGO($at) }: { $note }
find-line =
    { $code } { $name }{ $person ->
        [none] {""}
       *[other] {" "}· { $person }
    }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }{ $touched ->
        [none] {""}
       *[other] {" "}· { AGO($touched) }
    }
mine-customer = Your customers, newest first:
mine-lead = Your open leads, newest first:
mine-opportunity = Your open deals, newest first:
mine-no-customer = No customers of yours yet. A lead becomes one when you press To customer on its card.
mine-no-lead = No open leads of yours. /lead adds one.
mine-no-opportunity = No open deals of yours. Add one from a customer’s card.
record-ask-log = What happened with { $name } ({ $code })? Just write it, with the next step if there is one.

undone =
    Undone: { $what }{ $codes ->
        [none] {""}
       *[other] {" "}({ $codes })
    }
redone =
    Done again: { $what }{ $codes ->
        [none] {""}
       *[other] {" "}({ $codes })
    }
undo-under-way =
    On it: { $what }{ $codes ->
        [none] {""}
       *[other] {" "}({ $codes })
    }. There is much to put back; I’ll tell you here when it’s done.
button-redo = Redo
undo-nothing-recent = Nothing from the last ten minutes is left to undo. Older changes are in your history.
undo-too-late = This was more than ten minutes ago. You can still undo it from the history.

history-mine =
    .title = Your last changes
history-of =
    .title = History of { $code } { $name }
history-empty = Nothing has been changed yet.
history-my-line =
    { CAPITAL($at) } · { $what }{ $codes ->
        [none] {""}
       *[other] {" "}({ $codes })
    }{ $about ->
        [none] {""}
       *[other] {" "}· { $about }
    }{ $undone ->
        [yes] {" "}– undone
       *[no] {""}
    }
history-line =
    { CAPITAL($at) } · { $who } · { $what }{ $codes ->
        [none] {""}
       *[other] {" "}({ $codes })
    }{ $note ->
        [none] {""}
       *[other] : { $note }
    }{ $undone ->
        [yes] {" "}– undone
       *[no] {""}
    }
history-nobody = the system
history-field =
    – { $field }: { $before ->
        [none] –
       *[other] { $before }
    } → { $after ->
        [none] –
       *[other] { $after }
    }
action-changed = Change
action-undone = Undo
field-owner-id = owner
field-status = status
field-lost-reason = reason
field-grade = grade
field-customer-id = customer
field-lead-id = lead
field-contact-id = contact
field-opportunity-id = opportunity
field-stage = stage
field-amount-minor = amount
field-expected-on = expected on
field-closed-at = closed
field-due-at = due
field-accepted-at = accepted
field-recurrence = repeats
field-birthday = birthday
field-phone = phone
field-email = e-mail
field-wechat = WeChat
field-qq = QQ
field-whatsapp = WhatsApp
field-credit-code = credit code
field-created-by = planned by

why-mine =
    .title = What I told you last
why-about =
    .title = What was said about { $code } { $name }
why-nothing = Nothing was said, and nothing is waiting to be.
why-will-remind = { $owner } gets a reminder { $when }.
why-in-my-day = No hour was named, so it shows in { $owner }’s My day: { DAY($when) }.
why-done = Done { AGO($at) }, so nobody is reminded any more.
why-cancelled = Cancelled { AGO($at) }, so nobody is reminded any more.
why-told =
    { $what }{ $about ->
        [none] {""}
       *[other] {" "}({ $about })
    }{ $who ->
        [none] {""}
       *[other] {" "}to { $who }
    }
why-sent =
    { CAPITAL($at) } · { why-told }{ $where ->
        [none] {""}
       *[other] {" "}on { $where }
    } · sent{ $reason ->
        [none] {""}
       *[other] {" "}({ $reason })
    }
why-pending =
    { CAPITAL($at) } · { why-told } · waiting{ $reason ->
        [none] {""}
       *[other] : { $reason }
    }
why-skipped =
    { CAPITAL($at) } · { why-told } · not sent{ $reason ->
        [none] {""}
       *[other] : { $reason }
    }
why-failed =
    { CAPITAL($at) } · { why-told } · could not be sent{ $reason ->
        [none] {""}
       *[other] : { $reason }
    }
why-withdrawn =
    { CAPITAL($at) } · { why-told } · taken back{ $reason ->
        [none] {""}
       *[other] : { $reason }
    }
channel-telegram = Telegram
channel-slack = Slack
channel-local = the chat page
channel-other = another chat
said-followup-due = Reminder
said-followup-assigned = “Please follow up”
said-lead-assigned = “A lead for you”
said-customer-assigned = “A customer for you”
said-comment-told = A comment
said-share-asked = A request to share
said-share-granted = “Shared with you”
said-share-declined = “Not shared”
said-records-received = “Handed to you”
said-my-day = My day
said-staff-unreachable = “Somebody can’t be reached”
said-radar = “May be slipping away”
said-ticket-assigned = A ticket for you
said-ticket-said = What a customer wrote
said-ticket-answer-warn = The hour of a first answer
said-ticket-answer-due = A first answer that is late
said-ticket-solve-warn = The hour of a solution
said-ticket-solve-due = A solution that is late
said-other = A message
reason-done-meanwhile = it was done before
reason-cancelled-meanwhile = it was cancelled before
reason-moved = it was moved to another time or person
reason-gone = the record is no longer there for them
reason-passed-on = it went on to somebody else
reason-left-company = they have left the company
reason-no-channel = no chat is linked
reason-unreachable = no chat could reach them
reason-refused = the chat platform refused this message; whoever runs the server finds why in the log
reason-channel-busy = the chat platform asked us to wait
reason-unanswered = the chat platform did not answer; I try again
reason-quiet-hours = quiet hours; it comes after them
reason-day-off = a day off; it comes on the next working day
reason-superseded = something newer took its place
reason-on-one-card = it was put on one card with others
reason-opted-out = they switched this off
reason-undone = the change was undone
reason-error = something went wrong; I try again
reason-unreadable = what it is about cannot be read by this version; I try again for a day
reason-digest = it waits for the daily summary
reason-absent = they are away; their deputy was told

comment-added =
    Noted on { $code }{ $name ->
        [none] {""}
       *[other] {" "}{ $name }
    }.{ $told ->
        [none] {""}
       *[other] {" "}Told: { $told }
    }
share-request-sent = Your request is on its way. The owner decides, and you’ll hear from me.
share-done = { $name } can see { $code } now.
share-kept = Kept to yourself: { $code }. { $name } was told kindly.
button-share = Share

list-card =
    New: { $fresh }{ $repeated ->
        [0] {""}
       *[other] {" "}· known: { $repeated }
    }{ $unreadable ->
        [0] {""}
       *[other] {" "}· can’t read: { $unreadable }
    }
    .title =
        { $total ->
            [one] One line
           *[other] { $total } lines
        }
list-fresh =
    New: { $names }{ $left ->
        [0] {""}
       *[other] {" "}+ { $left } more
    }
list-twice =
    { $near ->
        [yes] Line { $line } { $name }: nearly the name in line { $earlier }
       *[no] Line { $line } { $name }: same as line { $earlier }
    }
list-known =
    Line { $line } { $name }: exists{ $code ->
        [none] {""}
       *[other] {" "}as { $code }
    }{ $owner ->
        [none] {""}
       *[other] {" "}· owner { $owner }
    }{ $matched ->
        [company] {" "}· same company name
        [near_name] {" "}· nearly the same name
       *[other] {""}
    }
list-unreadable = Line { $line }: { $why }
list-saved =
    { $count ->
        [0] Nothing new was left to save.
        [one] Saved ✓ one lead.
       *[other] Saved ✓ { $count } leads.
    }{ $left_out ->
        [0] {""}
        [one] {" "}One line was left out.
       *[other] {" "}{ $left_out } lines were left out.
    }
list-saving = Saving { $count } leads. I’ll tell you here when it’s done.
list-dropped = Dropped. Nothing was saved.
list-gone = That list is no longer open: it was saved or dropped.
list-too-long = These are { NUMBER($count) } lines. Please paste at most { NUMBER($limit) } at once.
button-save-all-of = Save all ({ $count })
button-save-look-alikes = Save all, also known companies ({ $count })
comment-names-nobody = No colleague is called { $names }, so nobody was told.
renamed-near = Nearly the name of { $code } { $name }. Is that the same company?
renamed-near-another =
    Somebody else has a company with nearly this name{ $owner ->
        [none] {""}
       *[other] {" "}· owner { $owner }
    }
