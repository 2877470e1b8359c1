# Reports: numbers as pictures and short tables, and the rows behind each.
report =
    { $people ->
        [none] { $period }
       *[other] { $period } · { $people }
    }
    .title = { $title }
report-menu = Which numbers? Add a time and a name if you like: /report funnel last month @Tom
    .title = Reports
report-period = { PERIOD($first, $last) }
report-now = As things stand
report-until = As things stand, expected by { DATE($last) }
report-from = From { DATE($day) }
report-day = { $day } { $month }
report-month = { $month } { $year }
report-note =
    { $people ->
        [none] { $period }
       *[other] { $period } · { $people }
    }
report-nothing = Nothing to count here yet.
report-more = … and { $count } more under Numbers
report-section = { $section }
report-line =
    { $name }: { $count }{ $numbers ->
        [none] {""}
       *[other] {" "}({ $numbers })
    }{ $median ->
        [none] {""}
       *[other] {" "}· median { $median }
    }{ $sums ->
        [none] {""}
       *[other] {" "}· { $sums }
    }
report-step =
    { $number }: { $count }{ $share ->
        [none] {""}
       *[other] {" "}({ $share }%)
    }
report-stage =
    { $name }: { $count }{ $median ->
        [none] {""}
       *[other] {" "}· half of them longer than { $median }
    }{ $stuck ->
        [none] {""}
       *[other] {" "}· stuck: { $stuck }
    }
report-meeting-line = { $name }: done { $done }, follow-ups kept { $kept }, overdue { $overdue }, stuck { $stuck }, next 7 days { $next }
report-capital = { CAPITAL($name) }
report-number = { $number } { $count }
report-nobody = Nobody’s
report-no-source = No source
report-no-reason = No reason given
report-expected-late = Overdue
report-expected-none = No date
report-too-much = more { $currency } than I can write
report-numbers = { $period }. Tap a number to see what it counts.
    .title = { $title }: the numbers
report-no-numbers = { $period }. Nothing to count here yet.
    .title = { $title }: the numbers
report-cell = { $name }: { $count }
report-cell-name =
    { $section ->
        [none] {""}
       *[other] { $section } ·{" "}
    }{ $name ->
        [none] {""}
       *[other] { $name } ·{" "}
    }{ $number }
report-rows =
    { $people ->
        [none] { $period }
       *[other] { $period } · { $people }
    }
    .title = { $name }: { $count }
report-row =
    { $code }{ $name ->
        [none] {""}
       *[other] {" "}{ $name }
    }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }{ $at ->
        [none] {""}
       *[other] {" "}· { $at }
    }{ $amount ->
        [none] {""}
       *[other] {" "}· { $amount }
    }{ $note ->
        [none] {""}
       *[other] {" "}· { $note }
    }
report-sheet =
    { $people ->
        [none] { $period }
       *[other] { $period } · { $people }
    }
    .title = { $title } as a workbook
report-nothing-counted = That number counts nothing any more. Ask for the report anew.
no-such-report = I don’t know that report. /report shows them all.
no-such-people = I know neither a colleague nor a team called “{ $typed }”. Try /report funnel last month @Tom.
no-such-period = I can’t read “{ $typed }” as a time. Try 2026-10 for a month, 2026-10-15 for a day, Q3, or last month.
usage-report = A report’s name, a time and somebody if you like: /report funnel last month @Tom
usage-flow = Just send it: /flow shows how a sale goes here and where it stands still
menu-report = Numbers as pictures
menu-flow = How a sale goes here
help-report = • /report – numbers as pictures: /report funnel last month
button-numbers = 🔎 Numbers
button-rows = Show
button-reports = Other reports
button-sheet = ⬇ XLSX

report-funnel = Sales funnel
report-sources = Where leads come from
report-cycle = How long a sale takes
report-activity = What was done
report-timeliness = Follow-ups on time
report-forecast = Expected sales
report-losses = Why deals were lost
report-satisfaction = Satisfaction
report-tickets = Requests and answers
report-needs = What customers ask for
report-meeting = For the meeting
report-scorecard = Scorecard
report-flow = How a sale goes here
report-ageing = How long deals have stood

section-leads = Leads
section-deals = Deals
section-activities = Activities
section-followups = Follow-ups
section-tickets = Tickets
section-complaints = Complaints
section-losses = Lost
section-done = Done
section-kept = Follow-ups kept
section-overdue = Overdue
section-stuck = Stuck
section-next = Next 7 days
section-stages = Open deals
section-who = By person
section-ends = Ended

number-all = All
number-leads = Leads
number-deals = Deals
number-contacted = Contacted
number-qualified = Qualified
number-converted = Converted
number-won = Won
number-on_time = On time
number-late = Late
number-open = Open
number-answered = Answered
number-in_time = Answered in time
number-answered-late = Answered late
number-unanswered = Not answered
number-solved = Solved
number-week = Up to a week
number-month = Up to a month
number-quarter = Up to 3 months
number-longer = Longer
number-stuck = Stuck
number-done = Done
number-overdue = Overdue
number-next = Next 7 days

scorecard-halves = { PERIOD($first, $until) } → { PERIOD($from, $last) }
scorecard-on-time = Follow-ups on time: { $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }
scorecard-in-time = First answer in time: { $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }
scorecard-solved = Requests solved: { $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }
scorecard-complaints = Complaints solved: { $count }{ $first ->
        [none] {""}
       *[other] {" "}· median { $first } → { $last }
    }
scorecard-deals = Deals won: { $count }{ $first ->
        [none] {""}
       *[other] {" "}· median { $first } → { $last }
    }

picture-chart = { $alt }
chart-alt = { $title }: { $numbers }
review-told = { $stall } { $source } { $load }
chart-empty = Nothing to count here yet
chart-not-drawn = The picture could not be drawn this time; the numbers are all here.
chart-share = { $share }%
chart-others = Others
chart-median = { $span }
chart-median-days = Median days
chart-forecast = Expected sales, { $currency }
chart-topic = { $topic } ({ $section })
chart-bottleneck = Bottleneck
chart-last-days = last { $count } days
chart-people =
    { $more ->
        [none] { $names }
       *[other] { $names } +{ $more }
    }

sheet-numbers = Numbers
sheet-rows = Rows
sheet-median = Median
sheet-sums = Amounts
sheet-code = Number
sheet-title = Name
sheet-owner = Who
sheet-at = When
sheet-note = Note
sheet-amount = Amount
sheet-currency = Currency

satisfaction-csat = Stars: { $average } of 5 · { $count } answers, { $low } low
satisfaction-nps = Would recommend us (NPS): { $score } · { $count } answers, { $detractors } would not
satisfaction-asked = Asked: { $asked } · replied: { $replied } ({ $share }%)
section-csat = Stars
section-nps = Recommendation
section-asked = Asked
section-returns = Return visits
section-customers = Customers
number-low = Low
number-s1 = ★
number-s2 = ★★
number-s3 = ★★★
number-s4 = ★★★★
number-s5 = ★★★★★
number-promoters = 9–10
number-passives = 7–8
number-detractors = 0–6
number-replied = Replied
number-duplicate = Known before
number-returns = Return visits on time
number-known = Known for 90 days
number-silent = Silent for 90 days
number-known_before = Known for 90 days, before
number-silent_before = Silent for 90 days, before
chart-average = Average
chart-nps = NPS
scorecard-returns = Return visits on time: { $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }
scorecard-duplicates = Leads that were known before: { $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    }
scorecard-csat = Stars: { $before ->
        [none] –
       *[other] { $before }
    } → { $after ->
        [none] –
       *[other] { $after }
    }
scorecard-silent = Customers silent for 90 days: { $before ->
        [none] –
       *[other] { $before }%
    } → { $after ->
        [none] –
       *[other] { $after }%
    } ({ $count })
chart-followups-on-time = Follow-ups on time

report-due = Report
report-own-words = In their own words
report-scheduled =
    { $group ->
        [yes] { $name ->
            [none] It comes into this group
           *[other] It comes into { $name }
        }
       *[no] It comes to you
    }{ $repeats ->
        [none] {""}
       *[other] {" "}{ $repeats }
    }, next { $next }{ $words ->
        [none] {""}
       *[other] {" "}· { $words }
    }{ $people ->
        [none] {""}
       *[other] {" "}· { $people }
    }
    .title = { $title } by itself ✓
report-schedules = These come by themselves. More: add “every Monday 9:00” behind a report, in the chat where it is to come, or “every Monday 9:00 to #sales”.
    .title = Reports that come by themselves
report-no-schedules = None yet. Add “every Monday 9:00” behind a report, in the chat where it is to come: /report funnel last week every Monday 9:00. For a group you write in: every Monday 9:00 to #sales
    .title = Reports that come by themselves
report-schedule-line =
    { $title }{ $words ->
        [none] {""}
       *[other] {" "}· { $words }
    }{ $people ->
        [none] {""}
       *[other] {" "}· { $people }
    }{ $repeats ->
        [none] {""}
       *[other] {" "}· { $repeats }
    } · { $group ->
        [lost] ⚠ waits, as I am no longer in { $name ->
            [none] its group
           *[other] { $name }
        }
        [yes] next { $next } · in { $name ->
            [none] a group
           *[other] { $name }
        }
       *[no] next { $next }
    }
report-stopped = It does not come any more.
button-schedules = ⏰ By itself
button-stop-schedule = Stop
schedule-not-understood = When is it to come? Try: /report funnel last week every Monday 9:00
scheduled-among-guests = Somebody from outside is in this group, so reports can’t come here. Please say it in a group of colleagues only, or to me alone.
too-many-schedules = { $limit } reports come by themselves already. Stop one first: /report, then By itself.
no-such-schedule = That one does not come any more.
action-report-scheduled = Report made to come by itself
action-report-stopped = Report stopped

report-churn = Customers at risk
report-churn-line = { $rule }: { $count }
radar =
    { $last ->
        [none] { $why }. Nothing was ever logged.
       *[other] { $why }. Last contact: { $last }.
    }
    .title = { $name } may be slipping away
radar-again = What do you want to do?
    .title = { $name } may be slipping away
radar-silent = Silent for { $days } days
radar-key-silent = A key customer, silent for { $days } days
radar-rhythm = Silent for much longer than usual
radar-low-score = A low score in the last { $days } days
radar-unanswered = A request nobody has answered in time
radar-called = A call is planned: { $at }
    .title = { $name }
radar-planned = A call is planned already: { $at }
    .title = { $name }
radar-why-ignored = Why? It stays with the customer, and this is not said again for the same reason.
    .title = { $name }
radar-ignored = Kept: { $reason }. I will not say this again for the same reason.
    .title = { $name }
radar-because-seasonal = Seasonal
radar-because-in-touch = In touch elsewhere
radar-because-lost-already = Lost already
radar-because-small = Not worth it
radar-note-call = Call: we have not heard from them for a while
radar-note-visit = visit
radar-note-seasonal = At risk, set aside: seasonal business
radar-note-in-touch = At risk, set aside: in touch elsewhere
radar-note-lost-already = At risk, set aside: lost already
radar-note-small = At risk, set aside: not worth it
button-call-today = 📞 Call today
button-plan-visit = Plan a visit
button-ignore = Ignore
button-stuck = { $stage }: { $count } stuck
section-words = Comments
report-churn-tried =
    { $lost ->
        [0] No customer lost a deal in the last 180 days, so there is nothing yet to try the rules on.
        [one] In the last 180 days one customer lost a deal; the rules would have flagged { $lost-flagged ->
            [0] nobody
           *[other] it
        } before, with { $bought-flagged } false alarms.
       *[other] In the last 180 days { $lost } customers lost a deal; the rules would have flagged { $lost-flagged } of them before, with { $bought-flagged } false alarms.
    }
number-lost = Lost a deal, 180 days
number-lost_flagged = Lost, flagged before
number-bought = Bought, 180 days
number-bought_flagged = Bought, though flagged before

# Why one that was wished for did not come.
reason-customers-read-along = customers read along in that group
usage-scorecard = Just send it: /scorecard. For a team or a time: /scorecard Q3 Sales
usage-forecast = Just send it: /forecast. For somebody alone: /forecast @Tom
menu-scorecard = What we promise, and keep
menu-forecast = What is likely to be sold
chart-flow-now = As things stand: how many deals, median time there, who has most
