# Colleagues who ask to join, and whatever else needs a second person’s yes.
member-welcome =
    { $name ->
        [none] Hello!
       *[other] Hello { $name }!
    } I keep the customers of { $company }’s team: tell me what happened, I remember it and remind you. What do you do here? An admin lets you in with one tap.
button-join-as = Join as { $role }
join-waiting =
    Asked: you as { $role }. I write here as soon as an answer comes.{ $admins ->
        [none] {""}
       *[other] {" "}Who can let you in: { $admins }.
    }
join-asked =
    Let { $name ->
        [none] them
       *[other] { $name }
    } in?
    .title =
    { $name ->
        [none] Somebody
       *[other] { $name }
    } would like to join as { $role }
join-channel = Writes on: { $channel }
join-zone = Time zone: { $zone }
join-namesake = { $name } is on the team already ({ $role }). The same person? Then link them.
button-link-to = Link to { $name }
button-decline = Decline
join-what =
    { $name ->
        [none] Somebody
       *[other] { $name }
    } as { $role }
join-declined =
    You can’t be let in for now{ $name ->
        [none] {""}
       *[other] , { $name }
    }. If that’s a mistake, please talk to your admin.
join-expired =
    Nobody has answered for three days{ $name ->
        [none] {""}
       *[other] , { $name }
    }. Shall I ask again?

approval-is-approved = Approved by { $who }: { $what } · { $at }
approval-is-declined = Declined by { $who }: { $what } · { $at }
approval-is-expired =
    Nobody answered in time: { $what } · { $at }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
approval-not-found = There is nothing here for you to decide.
approval-closed = That has been decided already.
approval-expired = That has waited for too long. It has to be asked for again.
declined-lately = This was declined. You can ask again from { $again_at }.
asker-left = { $name } asked for this and has left, so nothing goes out. Decline, or leave it: it runs out by itself.
own-request = You asked for this, so somebody else has to decide it.
nobody-to-approve = There is nobody here yet who could decide that.
reason-decided-meanwhile = it was decided before
said-approval-card = Somebody asks for your approval
said-approval-answered = What became of a request

action-approval-asked = Asked for approval
action-approval-approved = Approved
action-approval-declined = Declined
action-approval-expired = Not answered in time
action-join-approved = Colleague let in
