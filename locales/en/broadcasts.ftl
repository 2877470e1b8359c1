# News and invitations for many customers at once.

action-broadcast-written = Broadcast written
action-broadcast-asked = Approval of a broadcast asked for
action-broadcast-started = Broadcast sent
action-broadcast-paused = Broadcast paused
action-broadcast-resumed = Broadcast resumed
action-broadcast-stopped = Broadcast stopped
action-invitation-answered = Invitation answered
menu-broadcast = News or an invitation for many customers
usage-broadcast = Alone for a new one and the latest, or a number: /broadcast 3

# Refusals.
broadcast-not-found = There is no broadcast { $broadcast }.
broadcast-not-so = { $state ->
        [asked] Broadcast { $broadcast } waits for a second person’s yes, so it can’t be changed or sent now.
        [draft] Broadcast { $broadcast } has not been sent yet.
        [paused] Broadcast { $broadcast } is paused.
        [stopped] Broadcast { $broadcast } was stopped.
       *[other] Broadcast { $broadcast } is on its way already.
    }
broadcast-empty = Write the text in at least one language.
broadcast-nobody = Nobody in this group may be written to now: they have no chat with us, didn’t ask for news, or had some lately.
broadcast-at-night = Please choose an hour between 9:00 and 20:00: nobody wants news at night.
broadcast-no-such-owner = I know no colleague and no team called “{ $typed }”.

# Writing.
broadcast-form = { "" }
    .title = News or an invitation
broadcast-kind-news = News
broadcast-kind-invitation = Invitation, with buttons to answer
broadcast-label-kind = What it is
broadcast-label-grades = Grades
broadcast-label-language = Reader’s language
broadcast-label-owners = Owners or teams
broadcast-label-day = On this day (empty: at once)
broadcast-label-hour = At this hour of the reader’s day
broadcast-hint = You can use {"{"}name{"}"}, {"{"}company{"}"}, {"{"}owner{"}"} and {"{"}us{"}"}
broadcast-hint-grades = A, B
broadcast-hint-owners = Tom, Sales
broadcast-list = Your latest broadcasts.
    .title = News and invitations
broadcast-none = Nothing was sent yet. Write news or an invitation once, and each customer who wants news gets it in their language, by name, at a good hour.
    .title = News and invitations
broadcast-listed = { $number }. { $text } · { $state } · { $at }
broadcast-new = Write
broadcast-state-draft = not sent
broadcast-state-sending = on its way
broadcast-state-paused = paused
broadcast-state-stopped = stopped
broadcast-state-over = done

# The card before it goes.
broadcast-card = { $asked ->
        [yes] A second person has been asked to approve it.
       *[no] { $invitation ->
            [yes] An invitation, with buttons to answer.{" "}
           *[no] {""}
        }{ $had ->
            [0] Nobody has it yet.
            [one] One reader has it already and won’t get it again.
           *[other] { $had } readers have it already and won’t get it again.
        }
    }
    .title = Broadcast { $number }
broadcast-text-in = { $language }: { $text }
broadcast-to-all = To everybody who wants news{ $within ->
        [none] {""}
       *[other] {" "}(customers of team { $within })
    }
broadcast-whom = To customers{ $tags ->
        [none] {""}
       *[other] {" "}tagged { $tags }
    }{ $grades ->
        [none] {""}
       *[other] {" "}of grade { $grades }
    }{ $language ->
        [none] {""}
       *[other] {" "}who read { $language }
    }{ $owners ->
        [none] {""}
       *[other] {" "}of { $owners }
    }{ $within ->
        [none] {""}
       *[other] {" "}(team { $within })
    }
broadcast-when = { $day ->
        [none] Goes out at once; where it is night now, the next morning at 9:00.
       *[other] Goes out on { $day } at { $hour } of each reader’s own clock.
    }
broadcast-count = { $allowed } of { $total }{ $more ->
        [yes] {" "}so far (there are more)
       *[no] {""}
    }{ $reasons ->
        [none] {""}
       *[other] ; { $reasons }
    }
broadcast-out-opted-out = { $count } opted out or never asked for news
broadcast-out-cool-down = { $count } within cool-down
broadcast-out-complaint-open = { $count } with an open complaint
broadcast-preview = See it as they will
broadcast-preview-card = As these people will read it.
    .title = Broadcast { $number }
broadcast-preview-nobody = Nobody would get it now.
    .title = Broadcast { $number }
broadcast-previewed = → { $name } ({ $customer }), { $at }{"\u000A"}{ $text }
broadcast-test = Send it to me
broadcast-count-all = Count them all
broadcast-counting = I’m counting; the result comes here.
    .title = Broadcast { $number }
broadcast-counted = Counted.
    .title = Broadcast { $number }

# The second person.
broadcast-request = { $name } wants to send this to many customers.
    .title = Approve broadcast { $number }?
broadcast-asked-count = { $more ->
        [yes] To more than { $allowed } people.
       *[no] To { $allowed } of { $total } people.
    }
broadcast-in-short = broadcast { $number }
broadcast-request-approved = { $who } approved broadcast { $number }. It is on its way.
broadcast-request-declined = { $who } did not approve broadcast { $number }. You can change it and ask again tomorrow.
broadcast-request-expired = Nobody answered in time, so broadcast { $number } was not sent. You can ask again.

# The report.
broadcast-report = It is { $state }{ $at ->
        [none] {""}
       *[other] , begun { $at }
    }{ $planned ->
        [yes] {""}
       *[no] . I’m still going through the list of readers
    }.
    .title = Broadcast { $number }
broadcast-delivered = Delivered: { $sent }{ $waiting ->
        [0] {""}
       *[other] , waiting: { $waiting }
    }
broadcast-unsaid = Not sent to { $count }: { $why }
broadcast-opted-out-since = { $count ->
        [one] One reader said no to news since.
       *[other] { $count } readers said no to news since.
    }
broadcast-answered-coming = Coming: { $count }{ $names ->
        [none] {""}
       *[other] {" "}– { $names }
    }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
broadcast-answered-not_coming = Not coming: { $count }{ $names ->
        [none] {""}
       *[other] {" "}– { $names }
    }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
broadcast-refresh = Refresh
broadcast-pause = Pause
broadcast-resume = Resume
broadcast-stop = Stop
broadcast-stop-sure = Stop it for good? Those who don’t have it yet won’t get it.
    .title = Broadcast { $number }
broadcast-stop-yes = Yes, stop it
reason-broadcast-paused = it is paused
reason-broadcast-stopped = it was stopped

# What customers read.
broadcast-message = { $text }{ $test ->
        [yes] {"\u000A\u000A"}(This is a test. Nobody else has it.)
       *[no] {""}
    }
invitation-yes = I’m coming
invitation-no = Can’t come
invitation-answered-coming = Wonderful, see you there! If something changes, just press the other button.
invitation-answered-not_coming = Thank you for telling us. If something changes, just press the other button.
invitation-tested = That is for customers: nothing was kept.
