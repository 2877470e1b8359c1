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
followup-open = { followup-about }
    .title = { $subject } · { $when } · F{ $followup }
followup-finished = Done ✓ { $subject }. What’s next?
followup-moved = Moved: { $subject } · { $when }
followup-done = Done { AGO($closed) }: { $subject } · F{ $followup }
followup-cancelled = Cancelled { AGO($closed) }: { $subject } · F{ $followup }
followup-ask-when = { $subject }: when? For example: tomorrow 3pm, or Friday.
button-done-of = Done · { $subject }
button-more-of = More
staff-unreachable = I can’t reach { $name } on any channel. Please ask them to open a chat with me again.
