### Tickets: refusals, names of actions.
ticket-taken = T{ $ticket } is with { $who } already.
ticket-done =
    { $status ->
        [resolved] T{ $ticket } is solved already. Reopen it first.
       *[other] T{ $ticket } is closed. Reopen it first.
    }
ticket-still-open = T{ $ticket } is open: there is nothing to reopen.
nobody-to-answer =
    { $customer ->
        [none] T{ $ticket } has no chat to answer to. Say whose it is first (Link on its card), then invite them, or call.
       *[other] C{ $customer } has no chat with us yet, so this can’t be sent. Type /invite C{ $customer } and hand on the link, or call.
    }
answer-gone = Too late: that answer to T{ $ticket } has gone out. Send a correction with /r T{ $ticket }.
nothing-to-say = There is nothing to send: add a few words.
too-much-to-say = That is too long: at most { NUMBER($limit) } characters.
tickets-of-two-customers = T{ $kept } and T{ $merged } belong to different customers, so they can’t be merged.
not-for-tickets = { $name } can’t take this ticket: they have it already, or don’t work on tickets.
other-customers-contact = That contact belongs to another customer.
wrong-service-hours = I can’t read “{ $typed }” as working hours. Try: Mon-Fri 9:00-12:00 13:00-18:00; Sat 10-14
wrong-service-level = I can’t read “{ $typed }” as working time. Try 30m, 4h or 2d.

action-ticket-opened = Ticket opened
action-ticket-taken = Ticket taken
action-ticket-assigned = Ticket assigned
action-ticket-passed-on = Ticket passed on
action-ticket-transferred = Ticket transferred
action-ticket-noted = Note on a ticket
action-ticket-answered = Customer answered
action-ticket-answer-recalled = Answer recalled
action-ticket-said = Customer wrote
action-ticket-waiting = Waiting for the customer
action-ticket-on-hold = Ticket put on hold
action-ticket-open = Ticket goes on
action-ticket-resolved = Ticket solved
action-ticket-closed = Ticket closed
action-ticket-reopened = Ticket reopened
action-ticket-prioritised = Priority changed
action-ticket-categorised = Category changed
action-ticket-linked = Ticket linked to a customer
action-tickets-merged = Tickets merged

# The card.
ticket-status-new = new
ticket-status-open = open
ticket-status-waiting = waiting for the customer
ticket-status-on_hold = on hold
ticket-status-reopened = reopened
ticket-status-resolved = solved
ticket-status-closed = closed
ticket-priority-urgent = ‼️ urgent
ticket-priority-high = ❗ high
ticket-priority-normal = normal
ticket-priority-low = low
ticket-category-question = question
ticket-category-fault = fault
ticket-category-request = request
ticket-category-complaint = complaint
ticket-about =
    { $status } · { $category } · { $priority }{ $asker ->
        [none] {""}
       *[other] {"\u000A"}{ $asker }
    }{ $owner ->
        [none] { $queued ->
            [none] {""}
           *[other] {"\u000A"}In the queue for { AGO($queued) }
        }
       *[other] {"\u000A"}{ $mine ->
            [yes] Yours
           *[no] With { $owner }
        }{ $accepted ->
            [yes] {""}
           *[no] , not accepted yet
        }
    }{ $due ->
        [none] {""}
       *[other] {"\u000A"}{ $answered ->
            [yes] To be solved by { $due }
           *[no] To be answered by { $due }
        }
    }{ $solution ->
        [none] {""}
       *[other] {"\u000A"}Solution: { $solution }
    }{ $closes ->
        [none] {""}
       *[other] {"\u000A"}Closes by itself: { $closes }
    }{ $merged ->
        [none] {""}
       *[other] {"\u000A"}Merged into T{ $merged }
    }{ $reachable ->
        [yes] {""}
       *[no] {"\u000A"}No chat with the customer yet{ $customer ->
            [none] .
           *[other] : /invite C{ $customer }
        }
    }
ticket-heading =
    T{ $ticket } { $title }{ $whose ->
        [none] {""}
       *[other] {" "}· { $whose }
    }
ticket-card = { ticket-about }
    .title = { ticket-heading }
ticket-taken-by-you = It’s yours ✓ { ticket-about }
    .title = { ticket-heading }
ticket-passed = Passed on. { ticket-about }
    .title = { ticket-heading }
ticket-open-again = Open again. { ticket-about }
    .title = { ticket-heading }
ticket-line-internal = ✎ { $by }, { AGO($at) }: { $words }
ticket-line-to-customer =
    → { $by }, { AGO($at) }{ $state ->
        [going] {" "}(going)
        [recalled] {" "}(recalled)
        [failed] {" "}(did not arrive)
       *[sent] {""}
    }: { $words }
ticket-line-from-customer = ← { $by }, { AGO($at) }: { $words }

# What the staff hear.
ticket-why-owner = you look after this customer
ticket-why-turn = it was your turn
ticket-why-queue = it waited, and you had room first
ticket-why-again = you had it before
ticket-why-took = you took it
ticket-why-given = a colleague gave it to you
ticket-assigned =
    { $by ->
        [none] For you: { $why }.
       *[other] From { $by }.
    }{ $note ->
        [none] {""}
       *[other] {" "}“{ $note }”
    }{ $accept ->
        [none] {""}
       *[other] {" "}Please accept by { CLOCK($accept) }, or it goes to the next one.
    }{"\u000A"}{ ticket-about }
    .title = 🎫 { ticket-heading }
ticket-waits = Nobody has taken this one. { ticket-about }
    .title = 🎫 { ticket-heading }
ticket-complaint = A complaint has come in. { ticket-about }
    .title = ⚠ { ticket-heading }
ticket-said = The customer wrote. { ticket-about }
    .title = 💬 { ticket-heading }
ticket-answer-warn = The first answer is due { $due }. { ticket-about }
    .title = ⏰ { ticket-heading }
ticket-answer-due = The first answer was due { $due }, and nobody has answered. { ticket-about }
    .title = ⚠ { ticket-heading }
ticket-solve-warn = It should be solved by { $due }. { ticket-about }
    .title = ⏰ { ticket-heading }
ticket-solve-due = It should have been solved by { $due }. { ticket-about }
    .title = ⚠ { ticket-heading }
kind-tickets = Tickets
said-ticket-answer = an answer to the customer
reason-ticket-over = the ticket was solved or closed before
reason-answered-meanwhile = it was answered before
reason-recalled = it was recalled

# What customers read.
ticket-answer = { $by }: { $text }
    .title = Re: T{ $ticket }
button-ticket-reopen = Reopen
ticket-line =
    T{ $ticket } { $title }{ $whose ->
        [none] {""}
       *[other] {" "}· { $whose }
    } · { $status } · { $priority }{ $due ->
        [none] {""}
       *[other] {" "}· by { $due }
    }
