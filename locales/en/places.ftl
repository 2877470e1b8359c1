### The group in which each ticket has a place of its own.
triage-chosen = From now on every new ticket gets a place of its own here. What you write below it stays among you; /r and your words answer the customer.
triage-none = No group is set for tickets. Add me to a group of colleagues and send /triage there (on Slack: @ me, then /triage).
triage-state =
    { $here ->
        [yes] New tickets get a place of their own in this group.
       *[no] New tickets get a place of their own in the group you chose on { $channel }.
    }
triage-looked = I have written to the group. If that fails, I tell you here in a moment what to do.
triage-checked = Tickets will come here.
triage-stopped = Tickets get no places in the group any more. They go on in private chats.
triage-lost = I can’t write to the ticket group on { $channel } any more. Tickets go on in private chats. To use a group again: check that it exists, is not archived, and that I am in it and may write, then send /triage there (on Slack: @ me, then /triage).
customers-read-along = Somebody from outside is in this group, so tickets can’t be discussed here. Please choose a group of colleagues only.
ticket-place =
    { $whose ->
        [none] {""}
       *[other] { $whose }{"\u000A"}
    }{ $words }
    .title = 🎫 T{ $ticket } { $title }
ticket-heard = { $by ->
        [none] 💬 { $words }
       *[other] 💬 { $by }: { $words }
    }
button-check = Check
button-triage-stop = No longer here
button-ticket-show = Open
menu-triage = The group for tickets
usage-triage = In a group of colleagues: /triage
said-ticket-place = a ticket’s place in the group
said-ticket-heard = a customer’s words, in the ticket’s place
said-triage-checked = a check of the ticket group
said-triage-lost = “The ticket group is gone”
reason-triage-elsewhere = tickets have their places elsewhere, or somebody from outside is in the group
reason-place-stands = its place stands already
reason-place-comes = its place is being made
reason-no-place = it has no place in the group
action-triage-chosen = Group for tickets chosen
action-triage-stopped = Group for tickets given up
action-triage-lost = Group for tickets lost
picked-of-colleague = { $name } is a colleague. Open a ticket from what a customer wrote, or with /ticket C7 and what it is about.
