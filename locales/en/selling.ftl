# The weighted forecast, quotas, and the service levels kept.
forecast-line =
    { $name }: { $count }{ $sums ->
        [none] {""}
       *[other] {" "}· { $sums }
    }{ $likely ->
        [none] {""}
       *[other] {" "}· likely { $likely }
    }
forecast-stage =
    { $name }: { $count }{ $likely ->
        [none] {""}
       *[other] {" "}· likely { $likely }
    } · { $share }%, { $whose ->
        [own] by their own sales: won { $won } of { $cases }
        [company] by the company’s sales: won { $won } of { $cases }
       *[set] { $cases ->
            [0] as set: no sale that got this far has ended yet
            [one] as set: only one sale that got this far has ended
           *[other] as set: only { $cases } sales that got this far have ended
        }
    }
chart-likely = Likely
chart-rest = The rest of the amount
number-came-to = Came to { $stage }
section-ended = Ended in the last year
sheet-likely = Likely
sheet-chance = Chance (won/cases)
rows-left-out = … and { NUMBER($count) } more: a sheet holds { NUMBER($limit) } rows. Ask for a shorter time, a team or a person.

report-quota = Quotas
quota-line =
    { $name }: { $won ->
        [none] nothing won yet
       *[other] won { $won }
    }{ $quota ->
        [none] {" "}· no quota
       *[other] {" "}of { $quota }
    }{ $attained ->
        [none] {""}
       *[other] {" "}= { $attained }
    }{ $likely ->
        [none] {""}
       *[other] {" "}· likely { $likely } more
    }
quota-attained =
    { $currency ->
        [none] { $share }%
       *[other] { $share }% ({ $currency })
    }
quota-together = Together
chart-quotas = Quotas, { $currency }
chart-quota = Quota
chart-won = Won
chart-attained = Share of the quota won
section-quotas = Quotas
section-won = Won
section-open = Open
quota-set =
    { $changed ->
        [no] That is what stood there already.
       *[yes] { $amount ->
            [none] No quota any more.
           *[other] Quota: { $amount }
        }
    }
    .title = { $name }, { $month }
quotas-set =
    { $count ->
        [0] That is what stood there already.
        [one] One month was changed.
       *[other] { $count } months were changed, for { $people ->
            [one] one person
           *[other] { $people } people
        }.
    }
    .title = Quotas { $year } ✓
quota-changed =
    { $amount ->
        [none] { $who } took away your quota for { $month }
       *[other] { $who } set your quota for { $month }: { $amount }
    }{ $more ->
        [0] .
        [one] , and another month.
       *[other] , and { $more } more months.
    }
said-quota-changed = That your quota was set
button-quotas = Set { $year }
button-quota-show = Show
quota-form = Quotas { $year }
quota-form-cut = The first { $limit } by name; { $count } more are not here. One team or person: /quota set { $year } Sales
quota-field = { $name }
quota-hint = 200000 for each month, or twelve amounts from January on; “-” for none
quota-wrong = One amount for each month, or twelve with blanks between, please.
quota-which-month = For which month? /quota @Tom 2026-12 200000. For a whole year: /quota set 2026
quota-nobody = There is nobody whose quota you may set here.
quota-below-zero = A quota is 0 or more; 0 takes it away.
action-quotas-set = Quotas set
menu-quota = What is to be sold
usage-quota = Yours: /quota. To set one: /quota @Tom 2026-12 200000. A team’s year: /quota set 2027 Sales

report-service = Service levels kept
service-in-time = First answer in time: { $share ->
        [none] –
       *[other] { $share }%
    } ({ $count } of { $all })
service-solved-in-time = Solved in time: { $share ->
        [none] –
       *[other] { $share }%
    } ({ $count } of { $all })
number-not_in_time = Answered late, or overdue
number-solved_in_time = Solved in time
number-not_solved_in_time = Solved late, or overdue
chart-answered-in-time = First answer in time
chart-solved-in-time = Solved in time

section-entries = Entries
scorecard-entries = Time to log an activity: { $first ->
        [none] –
       *[other] median { $first } → { $last }
    } ({ $count })

report-review = Quarterly review
chart-review = Where deals stand still
chart-moving = Moving
section-load = Open leads

review-stall = Sales stand still in “{ $stage }”: { $stuck } of { $all } for two weeks or longer{ $median ->
        [none] {""}
       *[other] {" "}· half of them longer than { $median }
    }.
review-no-stall = Sales that stand still: fewer than { $least } in each stage, so nothing stands out.
review-source =
    “{ $best }” pays best: { $won } of { $leads } leads won so far{ $worst ->
        [none] . No source with as many leads came to nothing.
       *[other] . “{ $worst }”: none of { $lost }.
    }
review-no-source = Which sources pay: none has both { $least } leads in this time and a sale won. That says too little yet.
review-load = { $name } has { $count } open leads; the others typically have { $typical }{ $late ->
        [none] .
        [one] , and one follow-up of { $name } is overdue.
       *[other] , and { $late } follow-ups of { $name } are overdue.
    }
review-no-load = Who has too much: nobody has both { $least } open leads and many more than the others.
button-review-plan = Plan a follow-up for each
button-review-source = No longer offer it
button-review-give = Up to { $count } untouched leads to { $to }
review-note = This sale has stood still: what is the next step?
review-planned =
    { $count ->
        [0] Each of them has a follow-up planned already.
        [one] One follow-up planned, on its owner’s next working day.
       *[other] { $count } follow-ups planned, on their owners’ next working day.
    }
    .title = { $stage }
review-given =
    { $count ->
        [0] { $name } has no lead that nobody has touched; nothing was moved.
        [one] One lead goes from { $name } to { $to }, who is told and is to accept.
       *[other] { $count } leads go from { $name } to { $to }, who is told and is to accept.
    }
review-changed = That is no longer so. Please send /review again.
action-stuck-followed-up = Follow-ups planned for sales that stand still
menu-review = The quarter looked back at
usage-review = A quarter and a team if you like: /review Q3 Sales
