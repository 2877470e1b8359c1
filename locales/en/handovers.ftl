# Records go to somebody else, who accepts them; a capsule of each customer; an introduction if they wish one.
handover-to-oneself = These are { $name }’s already. Name somebody else to take over.
handover-not-theirs = Nothing was handed over: { $record } is not { $name }’s.
handover-too-many = That is { $count } records, and nothing was handed over. Name up to { $limit } at a time, or everything of a person: /handover @Tom to @Mei
handover-some =
    { $to } has it now: { $owned }{ $until ->
        [none] {""}
       *[other] {" "}{ $to } is away until { DAY($until) }.
    }
handover-away =
    { $to } is away until { DAY($until) }. { $deputy ->
        [none] Nobody stands in: reminders would wait.
       *[other] { $deputy } stands in and would get the reminders.
    }
    .title = { $to } is away
button-all-the-same = Hand over all the same
handover-customers-button = Customers
handover-taken =
    You have what was { $from }’s ✓ { $count ->
        [one] One record.
       *[other] { $count } records.
    }
handover-accepted =
    { $taker } has accepted what you handed over: { $count ->
        [one] one record
       *[other] { $count } records
    } ✓
handover-undone =
    { $again ->
        [yes] { $by ->
            [none] The handover was made again: what was { $from }’s is yours
           *[other] { $by } made the handover again: what was { $from }’s is yours
        }
       *[no] { $by ->
            [none] The handover was taken back: what you had got is { $from }’s again
           *[other] { $by } took the handover back: what you had got is { $from }’s again
        }
    }{ $count ->
        [one] {" "}(one record).
       *[other] {" "}({ $count } records).
    }
handover-asked =
    { $by } asks: do you have what was { $from }’s? { $count ->
        [one] One record waits
       *[other] { $count } records wait
    } for your Accept.
handover-returned =
    { $taker } has not accepted what was { $from }’s ({ $count ->
        [one] one record
       *[other] { $count } records
    }, { AGO($at) }). Until you decide, it stays { $taker }’s.
    .title = Not accepted
handover-is-left = What was { $from }’s stays { $taker }’s ✓
handover-is-accepted = { $taker } has accepted what was { $from }’s ✓
handover-remind-button = Remind { $name }
handover-back-button = Take back
handover-leave-button = Leave it
handover-reminded = Asked { $name } again ✓
handover-customers =
    { $count ->
        [0] No customer came with it, or they are no longer yours.
       *[other] What to know before you call:
    }
    .title = Customers
handover-customer = { $name } · { $code }
capsule =
    { $code }{ $grade ->
        [none] {""}
       *[other] {" "}· grade { $grade }
    }
    .title = { $name }
capsule-mood = Mood: { $mood }
capsule-sale =
    Open: { $name } · { $stage }{ $amount ->
        [none] {""}
       *[other] {" "}· { $amount }
    }
capsule-ticket = Ticket T{ $ticket }: { $name }
mood-annoyed = annoyed, there is a complaint
mood-leaving = looking elsewhere
mood-hesitant = hesitant
mood-keen = keen
mood-unknown = nothing written down
handover-introduce-button = Introduce me
introduction = Hello, this is { $name }. I look after you from now on. Just write here whenever you need something.
introduction-preview = “{ $words }”
introduction-ask =
    { $names ->
        [none] Nobody there has a chat with us, so there is nobody to introduce you to.
       *[other] { $names } would read this:
    }
    .title = An introduction
introduction-sent =
    { $names ->
       *[other] { $names } of { $name } know you now ✓
    }
said-handover-asked = “Do you have it?”
said-handover-accepted = “They have it”
said-handover-undone = A handover that was taken back
said-handover-returned = A handover that nobody accepted
said-introduction = The introduction of a new colleague
handover-taken-back = That handover was taken back meanwhile; nothing changed hands.
