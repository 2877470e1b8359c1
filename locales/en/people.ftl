# The team: who works here, invitations, roles, leaving, handing records over.
name-missing = What is the name? Colleagues are called by it, as in @Mei.
last-admin = Somebody has to be admin. Make a colleague admin first.
unknown-zone = I don’t know the time zone “{ $typed }”. A city will do: London, Shanghai, New York.
hours-reversed = Work ends before it begins. Please check the hours.

team =
    { $count ->
        [one] One person works here.
       *[other] { $count } people work here.
    }
    .title = Team
team-line =
    { $name } · { $role }{ $team ->
        [none] {""}
       *[other] {" "}· { $team }
    } · { $channels ->
        [none] not joined yet
       *[other] { $channels }
    }
team-person =
    { $role }{ $team ->
        [none] {""}
       *[other] {" "}· { $team }
    } · { $active ->
        [yes] { $channels ->
            [none] not joined yet
           *[other] { $channels }
        }
       *[no] left
    }
    .title = { $name }
button-add-teammate = Add a teammate
button-add-another = Add another
button-add = Add
button-new-link = New link
button-change-role = Change role
button-unlink = Unlink { $channel }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
button-deactivate = Deactivate
button-yes-deactivate = Yes, { $name } leaves
button-hand-over = Hand records over

team-form = A new teammate
team-field-name = Name
team-hint-name = As colleagues call them: Mei, or 小王
team-field-role = Role
team-field-team = Team
role-choice = { CAPITAL($role) }
team-hint-team = Managers of a team see its records. It may stay empty.
teammate-added = { $name } is on the team as { $role }. Forward the next message to them.
teammate-link = A new link for { $name }. Forward the next message to them.
team-ask-role = { $name }’s role now: { $role }. Which one instead?
team-ask-leave =
    { $name } loses access at once. Records stay and can be handed over next: { $owned }
    .title = Does { $name } leave?
team-left = { $name } no longer has access. In their name: { $owned }
team-ask-whom = Who takes over from { $name }: { $owned }
team-handing-over = Handing { $name }’s records to { $to }. There are many; I’ll tell you here when it’s done.
team-handed-over =
    { $to } took over from { $name }: { $owned }{ $stopped ->
        [yes] {" "}The rest stayed: { $to } has left meanwhile.
       *[no] {""}
    }
records-received =
    { $by } handed you what was { $from }’s: { $items }.
belongings-leads =
    { $count ->
        [one] 1 lead
       *[other] { $count } leads
    }
belongings-customers =
    { $count ->
        [one] 1 customer
       *[other] { $count } customers
    }
belongings-followups =
    { $count ->
        [one] 1 open follow-up
       *[other] { $count } open follow-ups
    }
belongings-opportunities =
    { $count ->
        [one] 1 opportunity
       *[other] { $count } opportunities
    }
belongings-tickets =
    { $count ->
        [one] 1 open ticket
       *[other] { $count } open tickets
    }
belongings =
    { $items }{ $more ->
        [yes] {" "}or more.
       *[no] .
    }
belongings-none = nothing.

action-staff-invited = Link for a colleague made
action-staff-joined = Colleague joined
action-first-admin-invited = First link made
action-profile-changed = Profile changed
action-company-set-up = Company set up
action-staff-role-changed = Role changed
action-records-handed-over = Records handed over

speaker-hidden = You’re writing here unnamed, as the group, so I can’t tell who you are. Write to me in our private chat, or turn off “Remain anonymous” for yourself.
