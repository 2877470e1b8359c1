### The group in which each ticket has a place of its own.
triage-chosen = From now on every new ticket gets a place of its own here. What you write below it stays among you; /r and your words answer the customer.
triage-none = No group is set for tickets. Add me to a group of colleagues and send /triage there (on Slack: @ me, then /triage).
triage-state =
    { $here ->
        [yes] New tickets get a place of their own in this group.
       *[no] New tickets get a place of their own in the group you chose on { $channel }.
    }
triage-looked = I have written to the group. In a moment I tell you here what is missing.
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
ticket-place-name = T{ $ticket } · { $title }
ticket-place-stands =
    { $state ->
        [resolved] { $solution ->
            [none] ✅ T{ $ticket } is solved.
           *[other] ✅ T{ $ticket } is solved: { $solution }
        }
        [closed] ✔ T{ $ticket } is closed.
       *[other] ↩ T{ $ticket } is open again.
    }
ticket-place-lost = The topic of T{ $ticket } was removed or closed. The ticket goes on in replies in the same group.
triage-found = The group for tickets on { $channel }:
place-lacks-nothing = ✓ Nothing is missing.
place-lacks-topics = • It has no topics, so tickets stand in chains of replies. For a topic each: turn on Topics in the group’s settings.
place-lacks-topic-right = • I may not manage topics, so tickets stand in chains of replies. For a topic each: make me an administrator who may manage topics.
place-lacks-hearing = • I only hear replies to me and commands. To hear all that is written: make me an administrator, or turn off Group Privacy at @BotFather and add me again.
place-lacks-reactions = • I don’t see reactions. To open tickets with ✍ on a message: make me an administrator.
place-lacks-scopes = • The app lacks these scopes: { $scopes }. Add them under OAuth & Permissions and install the app again; guanxi slack-manifest has all of them.
place-is-archived = • The channel is archived. Unarchive it, or send /triage in another.
place-not-there = • I am not in it. Add me to the group (on Slack: /invite me), then check again.
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
said-ticket-place-stands = how a ticket stands, in its place
said-ticket-place-lost = “The topic is gone”
said-triage-found = what is missing in the ticket group
said-triage-lost = “The ticket group is gone”
reason-triage-elsewhere = tickets have their places elsewhere, or somebody from outside is in the group
reason-place-stands = its place stands already
reason-place-comes = its place is being made
reason-thread-gone = its topic was removed or closed
reason-changed-meanwhile = it changed meanwhile
reason-no-place = it has no place in the group
action-triage-chosen = Group for tickets chosen
action-triage-stopped = Group for tickets given up
action-triage-lost = Group for tickets lost
picked-of-colleague = { $name } is a colleague. Open a ticket from what a customer wrote, or with /ticket C7 and what it is about.
reacted-words-unknown = I no longer have the words of that message. Reply to it with /ticket.
