### Surveys: what customers are asked, what they answer, and what the staff see of it.
menu-survey = Ask customers, see what they said
usage-survey = Alone for the list. /survey send csat C7 asks, /survey results csat shows what came back
kind-surveys = Low scores of your customers

# The templates that come with us.
survey-of-csat-title = How was our help?
survey-of-csat-ask = How satisfied are you with our help?
survey-of-csat-low = very dissatisfied
survey-of-csat-high = very satisfied
survey-of-csat-bad = We are sorry. What went wrong? A few words are enough, or just leave it.
survey-of-csat-good = Glad to hear it. Is there anything we could still do better?
survey-of-visit-title = How was our visit?
survey-of-visit-ask = How satisfied were you with our visit?
survey-of-first-week-title = The first week
survey-of-first-week-ask = How satisfied are you after the first days with us?
survey-of-nps-title = Would you recommend us?
survey-of-nps-ask = How likely are you to recommend us to a colleague or friend?
survey-of-nps-low = not at all likely
survey-of-nps-high = extremely likely
survey-of-nps-bad = That is frank, and it helps us. What would have to change?
survey-of-nps-fair = What could we do better for you?
survey-of-nps-good = That makes us happy. What do you value most?
survey-of-wishes-title = What we could do better
survey-of-wishes-ask = Two short questions about what we could do better for you. Do you have a minute?
survey-of-wishes-what = Where should we improve first?
survey-of-wishes-what-quality = Quality
survey-of-wishes-what-speed = Speed
survey-of-wishes-what-service = Service
survey-of-wishes-what-price = Price
survey-of-wishes-what-nothing = All is well
survey-of-wishes-more = What exactly would help you?
survey-of-needs-title = What they need
survey-of-needs-ask = What does this lead need? The answers are kept with the lead.
survey-of-needs-what = What do they want to solve?
survey-of-needs-people = How many people would use it?
survey-of-needs-start = When do they want to start?
survey-of-needs-budget = Is there a budget?
survey-of-needs-budget-fixed = Yes, fixed
survey-of-needs-budget-open = Still open
survey-of-needs-budget-unknown = Don’t know
survey-of-needs-decides = Who decides?
survey-of-needs-others = Do they look at others, too?
survey-of-needs-others-yes = Yes
survey-of-needs-others-no = No
survey-of-needs-who-else = Which ones?

# What customers read.
survey-question =
    { $names ->
        [none] { $ask }
       *[other] { $names }: { $ask }
    }
survey-csat = { survey-question }
survey-visit = { survey-question }
survey-nps = { survey-question }
survey-form = { survey-question }
survey-about = It is about your request “{ $title }”.
survey-scale = { $first } = { $low }, { $last } = { $high }
survey-so-far =
    { $count ->
        [one] One answer so far: { $mean }
       *[other] { $count } answers so far, { $mean } on average
    }
survey-score =
    { $word ->
        [none] { $score }
       *[other] { $score } { $word }
    }
survey-scored =
    { $ask ->
        [none] Thank you for your { $score } of { $top }.
       *[other] Thank you for your { $score } of { $top }. { $ask }
    }
survey-thanked =
    { $thanks ->
        [none] Thank you! You gave { $score } of { $top } and wrote:{"\u000A"}“{ $comment }”
       *[other] { $thanks }{"\u000A"}{ $score } of { $top }, “{ $comment }”
    }
survey-comment-kept = Thank you. That goes with your { $score }, and somebody reads it.
survey-request-made = That is a request already; we are on it.
survey-not-now = That’s fine. Should you find a minute later, just begin.
survey-step = { $number }. { $ask }
    { $type ->
        [number] (Type a number.)
        [date] (Type a day, such as 1 December or next Friday.)
        [text] (Just type it.)
       *[choice] {""}
    }
survey-said = • { $ask } { $value }
survey-finished =
    { $thanks ->
        [none] Thank you, that helps us!
       *[other] { $thanks }
    }
survey-kept-with-lead = Kept with the lead.{ $thanks ->
        [none] {""}
       *[other] {" "}{ $thanks }
    }
survey-changed = { $words }
    – { $by }, { $company }
    .title = You told us what went wrong. This has changed since:
button-survey-begin = Begin
button-survey-no = Not now
button-survey-change = Change my answer
button-survey-choice = { $label }

# Refusals.
survey-not-found = There is no survey called “{ $name }”. /survey lists them.
survey-not-yours = This question is for somebody else; their answer counts.
survey-gone = This question was taken back. Thank you all the same!
survey-expired = Thank you! This question has run out, so it can’t be answered any more.
survey-answered =
    { $score ->
        [none] You have answered this already. Thank you!
       *[other] You have answered this already, with { $score }. Thank you!
    }
survey-nobody = There is nobody to ask: they have no chat with us, don’t want to be asked, or wait for the solution of a complaint.
survey-nobody-there = I haven’t seen anybody of theirs in that group yet. Once somebody has written there, I can ask them.
survey-asked-lately = { $name } was asked a short while ago. The next question may go out from { $until } on.
survey-for-leads = “{ $name }” is for leads: fill it in with /needs L12.
survey-wrong-answer =
    { $kind ->
        [number] { $least ->
            [none] Please type a number{ $most ->
                [none] .
               *[other] {" "}up to { $most }.
            }
           *[other] Please type a number from { $least } on{ $most ->
                [none] .
               *[other] , up to { $most }.
            }
        }
        [date] I can’t read that as a day. Try 1 December or next Friday.
        [choice] Please choose one of these.
       *[text] A few words, please.
    }
survey-bad-definition = This is no survey yet{ $where ->
        [none] {""}
       *[other] {" "}({ $where })
    }: { $why }{ $line ->
        [none] {""}
       *[other] {" "}[line { $line }]
    }

# What managers see.
survey-list = What we ask customers. More about one: /survey csat
    .title = Surveys
survey-line = { $name } – { $title } · { $state }
survey-state-on = asks by itself
survey-state-paused = paused
survey-state-hand = by hand
survey-state-lead = for leads
survey-one =
    “{ $ask }”
    { $state }; an answer is taken for { $days } days{ $edition ->
        [none] . It comes with me; change it as you like.
       *[other] . Edition { $edition }.
    }
    .title = { $name }: { $title }
survey-is-paused = Paused: it asks nobody by itself until somebody resumes it.
    .title = { $name }: { $title }
survey-is-on = It asks by itself again.
    .title = { $name }: { $title }
survey-question-line = { $number }. { $ask }
survey-rule = ⏱ { $rule }{ $grades ->
        [none] {""}
       *[other] {" "}· grade { $grades }
    }{ $one_in ->
        [1] {""}
       *[other] {" "}· one in { $one_in }
    }
survey-when-ticket_closed = After a ticket is closed{ $delay ->
        [none] {""}
       *[other] , { $delay } later
    }
survey-when-activity = After this was logged: { $kind ->
        [none] –
       *[other] { WORD($kind, of: "activity") }
    }{ $delay ->
        [none] {""}
       *[other] , { $delay } later
    }
survey-when-lead_converted = When a lead has become a customer{ $delay ->
        [none] {""}
       *[other] , { $delay } later
    }
survey-when-first_days =
    { $count ->
        [one] One day after somebody became a customer
       *[other] { $count } days after somebody became a customer
    }
survey-when-every_months =
    { $count ->
        [one] Every month
       *[other] Every { $count } months
    }
survey-when-later = { $on }: kept for later, nothing happens on it yet
survey-test =
    { $question }
    (A test: what you answer counts nowhere.)
survey-whom-of = Whom of { $customer } shall I ask “{ $name }”?
survey-sent =
    { $contact ->
        [none] “{ $name }” is on its way.
       *[other] { $later ->
            [none] “{ $name }” is on its way to { $contact }.
           *[other] “{ $name }” goes to { $contact } at their next good hour: { $later }, your time.
        }
    }
survey-sent-group =
    { $count ->
        [one] “{ $name }” goes to the group{ $title ->
            [none] , for one person there.
           *[other] {" "}{ $title }, for one person there.
        }
       *[other] “{ $name }” goes to the group{ $title ->
            [none] , for { $count } people there.
           *[other] {" "}{ $title }, for { $count } people there.
        }
    }{ $later ->
        [none] {""}
       *[other] {" "}At their next good hour: { $later }, your time.
    }
button-survey-now = Send now
survey-nothing-waits = It is not waiting any more: it went out, or was taken back.
button-survey-try = Send me a test
button-survey-pause = Pause
button-survey-resume = Ask by itself
button-survey-group = In the group { $title }

# A low score.
survey-low = { $contact ->
        [none] Somebody
       *[other] { $contact }
    }{ $customer ->
        [none] {""}
       *[other] {" "}of { $customer }
    } gave { $score } of { $top }: { $title }
    .title = ⚠ Low score
survey-low-no-more = { $contact ->
        [none] Somebody
       *[other] { $contact }
    }{ $customer ->
        [none] {""}
       *[other] {" "}of { $customer }
    } gave { $score } of { $top } after all: { $title }
    .title = A better score
survey-low-words = “{ $words }”
survey-low-followup = { $owner } takes care of it by { $when }.
survey-low-done = { $owner } took care of it.
survey-low-cancelled = { $owner } dropped the follow-up.
survey-offer = { $customer ->
        [none] {""}
       *[other] { $customer }:{" "}
    }{ $contact ->
        [none] They
       *[other] { $contact }
    } gave { $score } of { $top }, and you took care of it. Shall they hear what has changed? Nothing goes out before you press Send.
    .title = Tell the customer?
survey-ask-changed = What has changed for { $contact ->
        [none] them
       *[other] { $contact }
    }? Type it; you see it before it goes.
survey-tell-draft = { $preview }
    .title = This goes to { $contact ->
        [none] the customer
       *[other] { $contact }
    }:
survey-told = On its way to { $contact ->
        [none] the customer
       *[other] { $contact }
    }:
    { $preview }
survey-not-told = Fine, { $contact ->
        [none] they hear
       *[other] { $contact } hears
    } nothing of it.
button-survey-tell = Write to them
button-survey-quiet = Not needed

reason-expired = the question had run out
reason-survey-paused = the survey was paused
reason-ticket-reopened = the ticket was opened again
reason-answered-better = they changed their answer to a better one

action-survey-defined = Survey defined
action-survey-paused = Survey paused
action-survey-resumed = Survey resumed
action-survey-sent = Survey sent
action-survey-tried = Survey tried out
action-survey-begun = Questionnaire begun
action-survey-answered = Survey answered
action-survey-commented = Comment on a survey
action-survey-comment-taken-back = Comment made a request
action-survey-told = Customer told what changed
action-surveys-planned = Surveys planned

# Results.
button-survey-results = Results
button-survey-low = Low ones
button-survey-export = As a workbook
survey-results =
    { $sent ->
        [0] Nobody was asked in the last { $days } days.
       *[other] Last { $days } days: { $answered } of { $sent } answered{ $rate ->
            [none] .
           *[other] {" "}({ $rate } %).
        }
    }
    .title = { $name }: { $title }
survey-satisfied = 4 or 5: { $share } % · { $mean } on average
survey-nps-score = NPS { $nps } (9 and 10 less 0 to 6)
survey-spread-line = { $scores }
survey-spread = { $score }: { $count }
survey-choices = { $ask } { $chosen }
survey-chosen = { $label } { $count }
survey-ranking = By colleague: { $people }
survey-ranked = { $name } { $mean } ({ $count })
survey-no-ranking = Colleagues are compared once two of them have { $fewest } answers each.
survey-comment-line = { $low ->
        [yes] ⚠
       *[other] •
    } { $score } “{ $words }” – { $who }{ $customer ->
        [none] {""}
       *[other] , { $customer }
    }
survey-trend = { $title }, by week
survey-trend-note =
    { $count ->
        [one] Mean, one answer in { $days } days
       *[other] Mean, { $count } answers in { $days } days
    }
survey-spread-title = How the scores spread: { $title }
survey-spread-answers = Answers
survey-spread-note =
    { $count ->
        [one] One answer in { $days } days
       *[other] { $count } answers in { $days } days
    }
survey-week = { DAY($day) } { $mean }
survey-mean = Mean
survey-last-days = last { $count } days
survey-low-list =
    { $count ->
        [0] No low scores. Well done!
        [one] One low score:
       *[other] { $count } low scores:
    }
    .title = { $name }
survey-low-line = { $score } – { $who }{ $customer ->
        [none] {""}
       *[other] , { $customer }
    } · { $at ->
        [none] {""}
       *[other] { DAY($at) }
    }{ $words ->
        [none] {""}
       *[other] {" "}· “{ $words }”
    }{ $state ->
        [open] {" "}· being taken care of
        [done] {" "}· done
       *[other] {""}
    }
survey-exported =
    { $count ->
        [one] “{ $name }”: one person was asked.
       *[other] “{ $name }”: { NUMBER($count) } people were asked. The second sheet has a row for each.
    }
survey-sheet-answers = Answers
survey-sheet-sent = Asked
survey-sheet-answered = Answered
survey-sheet-satisfied = 4 or 5
survey-sheet-promoters = Promoters (9, 10)
survey-sheet-detractors = Detractors (0–6)
survey-sheet-from = from % (95 %)
survey-sheet-to = to % (95 %)
survey-sheet-asked = Asked at
survey-sheet-answered-at = Answered at
survey-sheet-customer = Customer
survey-sheet-contact = Contact
survey-sheet-about = About
survey-sheet-edition = Edition
survey-sheet-score = Score
survey-sheet-comment = Comment

# Defining in chat.
button-survey-new = New survey
button-survey-send = Send
button-survey-grade = Grade { $grade }
button-survey-all = All
form-survey-new = New survey
form-survey-edit = Change { $name }
label-survey-name = Name
hint-survey-name = Short and plain, because it is typed: csat, fair-2027
label-survey-kind = Kind
label-survey-title = Title
label-survey-ask = Question
label-survey-low-end = Words at the low end
label-survey-high-end = Words at the high end
label-survey-bad = Asked after a low score
label-survey-good = Asked after a high score
label-survey-questions = Questions of a form, a line each
hint-survey-questions = How many seats? | number – Which plan? * | Basic, Pro – Why? | text | if 2 = Pro
label-survey-rules = When it asks by itself, a line each
hint-survey-rules = ticket_closed 1h – activity visit 2h – every_months 3 A B – first_days 7 1/10
label-survey-days = Days to answer
survey-kind-csat = Satisfaction, 1 to 5
survey-kind-nps = Recommendation, 0 to 10
survey-kind-form = Form with questions
survey-kind-lead = Form for leads
survey-name-taken = There is a survey called “{ $name }” already. /survey edit { $name } changes it.
survey-is-saved = Saved. What went out before keeps the words it had.
    .title = { $name }: { $title }

# To many.
survey-whom = Whom shall I ask “{ $name }”? For one customer or person type /survey send { $name } C7.
survey-all-customers = all customers
survey-segment =
    “{ $name }” to { $whom }: { $free } of { $reached }{ $open ->
        [yes] +
       *[no] {""}
    } people in chat may be asked now.{ $names ->
        [none] {""}
       *[other] {" "}First: { $names }.
    } It goes out on working days, 9:30–11:30 and 14:00–19:00.
survey-left-out = { $count }: { $why }
survey-sending = “{ $name }” is being prepared; I’ll say when it is done.
survey-sent-many =
    { $count ->
        [one] “{ $name }” goes to one person.
       *[other] “{ $name }” goes to { NUMBER($count) } people.
    }
action-survey-sent-to-many = Survey sent to many

# Needs.
menu-needs = What a lead needs
usage-needs = The lead’s number: /needs L12
needs-which = Which questionnaire for { $lead }?

# In /why.
said-survey-csat = The question about our help
said-survey-visit = The question about a visit
said-survey-nps = “Would you recommend us?”
said-survey-form = A questionnaire
said-survey-low = “A low score”
said-survey-low-told = “A low score”
said-survey-offer = “Shall the customer hear what changed?”
said-survey-changed = What changed since
