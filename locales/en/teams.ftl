# Teams as a tree, who is in which, and how far somebody sees.
team-missing = There is no such team. /team shows them under Teams.
team-taken = There is a team { $team } already.
team-within-itself = { $team } cannot be part of a team below it.
team-in-use = { $team } is still in use: { $people ->
        [0] {""}
        [one] one person is in it{ $teams ->
            [0] .
           *[other] {","}
        }
       *[other] { $people } people are in it{ $teams ->
            [0] .
           *[other] {","}
        }
    }{ $teams ->
        [0] {""}
        [one] {" "}one team is below it.
       *[other] {" "}{ $teams } teams are below it.
    } Move them first.
not-a-sight = Nobody of this role can see so far, or so little.

teams =
    { $count ->
        [0] There is no team yet. Everybody works under the managers without a team.
       *[other] Whoever manages a team sees it and the teams below it.
    }
    .title = Teams
teams-line =
    { $depth }{ $name }{ $leaders ->
        [none] {""}
       *[other] {" "}· managed by { $leaders }
    }{ $names ->
        [none] {""}
       *[other] {" "}· { $names }
    }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }{ $empty ->
        [yes] {" "}· nobody in it
       *[no] {""}
    }
teams-none = In no team: { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
team-one =
    { $names ->
        [none] Nobody is in it.
       *[other] In it and below: { $names }{ $more ->
            [0] {""}
           *[other] {" "}and { $more } more
        }
    }
    .title = { $team }
button-teams = Teams
button-add-team = Add a team
button-move-team = Rename or move
button-end-team = Remove
button-change-team = Change team
button-change-sight = What they see
button-team = { $team }
button-no-team = No team
team-path-form = A team
team-field-path = Team
team-hint-path = With the teams above it: Sales/North
team-ask-team = { $name } is in { $team ->
        [none] no team
       *[other] { $team }
    } now. { $any ->
        [yes] Which team instead?
       *[no] There is no other team.
    }
team-sees = Sees { $sees }{ $own ->
        [yes] {" "}(set for them)
       *[no] {""}
    }
team-ask-sight = { $name }: { $sight } now. What should they see?
team-sight-line = { $scope }: { $sees }
sight-own = Own
sight-desk = Own and the desk
sight-team = Team
sight-all = All
roles-person = { $name }, set for them: sees { $sees }.
moved-to-team = { $by ->
        [none] You are
       *[other] { $by } put you
    } { $team ->
        [none] in no team now.
       *[other] in the team { $team } now.
    }
sight-changed = { $by ->
        [none] You now see
       *[other] { $by } set what you see
    }: { $sees }.
said-moved-to-team = That somebody is in another team
said-sight-changed = That somebody sees more or less than before
topic-teams = Teams
setting-team = team { $team }
action-team-added = Team added
action-team-moved = Team renamed or moved
action-team-ended = Team removed
action-staff-moved = Moved to another team
action-staff-sight-changed = What somebody sees changed
field-team = team, with those above and below it,
