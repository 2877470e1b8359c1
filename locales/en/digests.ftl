# The team's digest: five lines, and the details.
digest =
    .title = The team’s day
digest-team = The team since { $since }
digest-nothing = Nothing new in the team since { $since }.
digest-logged = Logged: { $count } ({ $names })
digest-overdue = Overdue: { $count } ({ $names })
digest-new-leads = New leads: { $count } ({ $names })
digest-at-risk = At risk: { $count } ({ $names })
digest-of = { $name } { $count }
digest-details = Since { $since }
    .title = The team in detail
digest-person =
    { $name }: { $kinds ->
        [none] nothing logged
       *[other] { $kinds }
    }{ $overdue ->
        [0] {""}
       *[other] {" "}· { $overdue } overdue
    }
digest-kind = { $kind } { $count }
digest-late = Overdue · { $name }: { $subject } · { $when }
digest-new-lead =
    New · { $name }{ $owner ->
        [none] {" "}· nobody’s
       *[other] {" "}· { $owner }
    }
digest-risk =
    At risk · { $name }{ $owner ->
        [none] {" "}· nobody’s
       *[other] {" "}· { $owner }
    }
digest-more-late = and { $count } more overdue
digest-more = and { $count } more leads
