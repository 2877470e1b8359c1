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
           *[other] {"\u000A"}Queued { AGO($queued) }
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
ticket-taken-by-you = Taken ✓ { ticket-about }
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
    .title = T{ $ticket }
button-ticket-reopen = Reopen
ticket-line =
    T{ $ticket } { $title }{ $whose ->
        [none] {""}
       *[other] {" "}· { $whose }
    } · { $status } · { $priority }{ $due ->
        [none] {""}
       *[other] {" "}· by { $due }
    }

# What the staff type and press.
ticket-queue =
    { $mine ->
        [0] { $waiting ->
            [0] Nothing waits, and nothing is yours. 🎉
           *[other] Nothing is yours yet.
        }
       *[other] { $waiting ->
            [0] Nothing else waits.
           *[other] {""}
        }
    }
    .title = Queue
queue-mine = Yours:
queue-waiting = Waiting for somebody:
queue-strangers = Strangers who wrote:
queue-stranger =
    { $name ->
        [none] Somebody
       *[other] { $name }
    }, { AGO($at) }: { $words }
queue-more =
    … { $open ->
        [yes] more than { $count }
       *[no] { $count }
    } more
ticket-noted = Noted on T{ $ticket } ✓ Only colleagues see it.
ticket-closed = Solved ✓ The customer can still say it is not. { ticket-about }
    .title = { ticket-heading }
ticket-transferred = { $to } was told, and is to accept it. { ticket-about }
    .title = { ticket-heading }
tickets-merged = T{ $other } is part of this one now. { ticket-about }
    .title = { ticket-heading }
ticket-linked = Linked. { ticket-about }
    .title = { ticket-heading }
ticket-more = What shall be different?
    .title = { ticket-heading }
ticket-ask-solution = What solved it? One sentence for colleagues; the customer doesn’t read it.
    .title = { ticket-heading }
ticket-ask-whom = Who takes it? With a note for them: /transfer T{ $ticket } @name note
    .title = { ticket-heading }
ticket-ask-customer = Whose is it? Send the customer’s number, such as C7. /find looks one up.
    .title = { ticket-heading }
ticket-ask-reply = What shall I tell the customer? Nothing goes before you press Send.
    .title = { ticket-heading }
ticket-draft =
    This is what the customer would read. It waits for Send.

    { $preview }
    .title = T{ $ticket }, a draft
ticket-answer-going =
    The customer reads this in 10 seconds:

    { $preview }
    .title = T{ $ticket } ⏳
ticket-answer-leaves =
    On its way to the customer:

    { $preview }
    .title = T{ $ticket } →
ticket-answer-sent =
    Sent ✓

    { $preview }
    .title = T{ $ticket } ✓
ticket-answer-recalled =
    Recalled: the customer did not get this.

    { $preview }
    .title = T{ $ticket }
ticket-answer-failed =
    This did not arrive. Call them, or invite them anew with /invite.

    { $preview }
    .title = T{ $ticket } ⚠
ticket-answer-lost = Your answer did not arrive: { $reason }. Call them, or invite them anew with /invite. { ticket-about }
    .title = ⚠ { ticket-heading }
button-recall = Recall
button-ticket = T{ $ticket }
button-forget = Forget
button-canned = Ready-made
button-solved = Solved
button-waits = Waits for them
button-goes-on = Goes on
button-hold = On hold
button-transfer = Transfer
button-link = Link to a customer
button-without-words = Without words

canned-list =
    { $count ->
        [0] Nothing is kept yet. Keep one: /canned greeting: Hello {"{"}name{"}"}, thank you for writing.
       *[other] Use one in a reply: /r T18 #name{ $left ->
            [0] {""}
           *[other] {" "}({ $left } more)
        }
    }
    .title = Ready-made answers
canned-line = #{ $name }: { $text }
canned-kept = Kept as #{ $name } ✓
canned-forgotten = #{ $name } is gone.
canned-choose =
    { $count ->
        [0] Nothing is kept yet. Keep one: /canned greeting: Hello {"{"}name{"}"}, thank you for writing.
       *[other] Which one?
    }
no-such-canned = Nothing is kept as #{ $name }. /canned lists what is.
unknown-variable = I can’t fill {"{"}{ $name }{"}"}. Known: { $known }.
action-canned-kept = Ready-made answer kept
action-canned-forgotten = Ready-made answer forgotten

field-priority = priority
field-category = category
field-assignee-id = with
field-solution = solution
field-merged-into-id = merged into

menu-queue = Your tickets, and what waits
menu-take = Take a ticket
menu-r = Answer a customer
menu-note = Note on a ticket, for colleagues
menu-close = A ticket is solved
menu-transfer = Give a ticket to a colleague
menu-merge = Make one ticket of two
menu-canned = Ready-made answers
usage-queue = Just send it: /queue
usage-take = The ticket’s number: /take T18
usage-r = The ticket, and what the customer is to read: /r T18 We are sending a new one today.
usage-note = The ticket, and what colleagues should know: /note T18 They called twice
usage-close = The ticket, and what solved it: /close T18 sent a new invoice
usage-transfer = The ticket and a colleague, with a note if you like: /transfer T18 @Ida knows this machine
usage-merge = The one that stays, then the other: /merge T18 T19
usage-canned = A name and the text: /canned greeting: Hello {"{"}name{"}"}, thank you for writing.

help-queue = • /queue – your tickets, and what waits for somebody
help-answer = • /r T18 we are sending a new one today – answers the customer; ten seconds to recall it
help-note = • /note T18 they called twice – only colleagues see it; /close T18 when it is solved
run-queue = Queue
ticket-answer-file = 📎 To T{ $ticket }
said-ticket-answer-file = a file for the customer
reason-file-comes = its file is still being fetched
reason-file-not-kept = its file could not be kept
