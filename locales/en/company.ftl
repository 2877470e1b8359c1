# What the whole company has set: topics, values, previews, and the line that tells colleagues.
settings-company-button = Company settings
company-settings =
    .title = Settings of the company
company-topic =
    .title = { $topic }
company-saved = Saved.
    .title = { $topic }
company-same = That is how it is already.
    .title = { $topic }
company-preview = Not saved yet:
    .title = { $topic }
company-preview-anew = Somebody changed this meanwhile. With Save it would be:
    .title = { $topic }
company-people =
    .title = How many tickets somebody has at once
setting-gone = That change was saved or dropped already.
own-limits = Only an admin can loosen what binds managers: the fields locked for them, and how many people a broadcast may reach before somebody else has to agree.
last-offered = One stage has to stay, for new opportunities to begin with.
company-changed = { $who ->
        [none] The company’s settings were changed
       *[other] { $who } changed the company’s settings
    }: { $what }{ $more ->
        [0] .
       *[other] , and { $more } more.
    }
said-company-changed = What somebody changed in the company’s settings
action-company-changed = Settings of the company changed

topic-company = Company
topic-calendar = Working hours and days
topic-service = Service levels
topic-stages = Stages of opportunities
topic-sources = Sources of leads
topic-lost_reasons = Reasons for a loss
topic-ladder = Untouched leads
topic-greeting = Greeting of customers
topic-retention = How long things are kept
topic-broadcasts = Broadcasts

setting-form = { $topic }
setting-line = { $what }: { $value }
setting-difference = { $what }: { $before ->
        [none] –
       *[other] { $before }
    } → { $after ->
        [none] –
       *[other] { $after }
    }
setting-added = { $added ->
        [yes] New:
       *[no] No longer:
    } { $what }{ $value ->
        [none] {""}
       *[other] , { $value }
    }
setting-and = { $first }; { $then }
setting-more =
    { $count ->
        [one] … and one more.
       *[other] … and { $count } more.
    }
setting-company-name = Name
setting-company-language = Language
setting-company-timezone = Time zone
setting-company-currency = Currency
setting-company-country = Country
setting-hours = Hours on { $day }
setting-hours-button = Hours
setting-days-button = Days
setting-free = free
setting-day-free = Day off
setting-day-work = Day worked
setting-days =
    { $kind ->
        [free] Days off besides the public holidays
       *[work] Extra working days
    }: { $count ->
        [0] none
       *[other] { $days }
    }
setting-field-free = Days off
setting-field-work = Extra working days
setting-hint-hours = 9:00-12:00 13:00-18:00. Empty: free
setting-hint-days = 2026-12-24, 2027-02-15..2027-02-21
setting-hint-span = 30m, 4h or 2d (working days)
setting-hint-name = One name will do for both languages

level-urgent = Urgent
level-high = High
level-normal = Normal
level-low = Low
level-complaint = Complaint
setting-level = { $level }: answered in { $answer }, solved in { $solve }{ $grades ->
        [none] {""}
       *[other] ; otherwise for { $grades }
    }
setting-rest = To be accepted in { $accept }; closes by itself { $close } after it was solved; { $capacity } tickets at once
setting-people-button = Tickets at once, by person
setting-person = { $name }: { $count }{ $own ->
        [yes] , set for them
       *[no] {""}
    }
setting-answer = First answer, { $level }{ $grade ->
        [none] {""}
       *[other] , { $grade } customers
    }
setting-solve = Solution, { $level }{ $grade ->
        [none] {""}
       *[other] , { $grade } customers
    }
setting-accept = Time to accept
setting-close = Closes by itself after
setting-capacity = Tickets at once
setting-capacity-of = Tickets at once, { $name }
setting-field-answer = First answer within
setting-field-solve = Solved within
setting-field-answer-A = First answer, A customers
setting-field-answer-B = First answer, B customers
setting-field-answer-C = First answer, C customers
setting-field-solve-A = Solved, A customers
setting-field-solve-B = Solved, B customers
setting-field-solve-C = Solved, C customers
setting-span =
    { $unit ->
        [m] { $count } min
        [h] { $count } h
       *[d] { $count ->
            [one] one working day
           *[other] { $count } working days
        }
    }

setting-named = { $name }{ $offered ->
        [yes] {""}
       *[no] , hidden
    }
setting-fixed = { $name } (always there)
setting-add-button = Add
setting-rename-button = Rename
setting-up-button = Up
setting-hide-button = Hide
setting-offer-button = Offer
setting-offered = shown
setting-not-offered = hidden
setting-one-stage = stage “{ $name }”
setting-one-source = source “{ $name }”
setting-one-lost = reason “{ $name }”
setting-order-stage = Order of stages
setting-order-source = Order of sources
setting-order-lost = Order of reasons

setting-ladder = { $grade ->
        [none] All others
       *[other] { $grade } leads
    }: owner reminded after { $owner } without a word, manager told after { $manager }, at risk after { $at_risk }{ $own ->
        [yes] {""}
       *[no] {" "}(as all others)
    }
setting-ladder-owner = Owner reminded, { $grade ->
        [none] all others
       *[other] { $grade } leads
    }
setting-ladder-manager = Manager told, { $grade ->
        [none] all others
       *[other] { $grade } leads
    }
setting-ladder-at-risk = At risk, { $grade ->
        [none] all others
       *[other] { $grade } leads
    }
setting-workdays =
    { $count ->
        [one] one working day
       *[other] { $count } working days
    }
setting-field-owner = Owner reminded after working days
setting-field-manager = Manager told after working days
setting-field-at_risk = At risk after working days
setting-greeting = { $part }, { $language }
setting-broadcasts-approval-above = A second person agrees above so many readers

effect-deadlines = { $count ->
        [0] No open ticket gets another deadline.
        [one] One open ticket gets another deadline{ $late ->
            [0] .
           *[other] , and is late at once.
        }
       *[other] { $count }{ $more ->
            [yes] {" "}or more
           *[no] {""}
        } open tickets get another deadline{ $late ->
            [0] .
            [one] , one is late at once.
           *[other] , { $late } are late at once.
        }
    }
effect-over-capacity =
    { $count ->
        [0] Nobody has more tickets than that.
        [one] One person has more than that; they get no new ones until there is room.
       *[other] { $count } people have more than that; they get no new ones until there is room.
    }
effect-from-now-on = { $what ->
        [accept] What was offered already keeps its time.
       *[close] What was solved already closes when it was to.
    }
effect-reminders = Last month this would have reminded { $after ->
        [one] once
       *[other] { $after } times
    }; it was { $before }.{ $now ->
        [0] {""}
        [one] {" "}One lead is told of as soon as it is saved.
       *[other] {" "}{ $now } leads are told of as soon as it is saved.
    }{ $more ->
        [yes] {" "}(Of the 5,000 newest leads.)
       *[no] {""}
    }
effect-stages-kept =
    { $count ->
        [0] No open opportunity is in “{ $name }”.
        [one] One open opportunity stays in “{ $name }” until somebody moves it.
       *[other] { $count } open opportunities stay in “{ $name }” until somebody moves them.
    }
effect-sources-kept =
    { $count ->
        [0] No lead came by “{ $name }”.
        [one] One lead keeps “{ $name }”.
       *[other] { $count } leads keep “{ $name }”.
    }
effect-lost-reasons-kept =
    { $count ->
        [0] No lead was lost for “{ $name }”.
        [one] One lead keeps “{ $name }”.
       *[other] { $count } leads keep “{ $name }”.
    }
effect-amounts-stay = Amounts in { $currency } stay as they are; nothing is converted.
effect-retention = What is older goes within a day; this cannot be undone then.

wrong-span = Please write it like 30m, 4h or 2d (working days).
wrong-readers = A whole number from 0 to 100000, please; with 0 each broadcast needs a second person.
wrong-count = A whole number from 1 on, please.
wrong-name = A name of 1 to 40 characters, please.
wrong-name-twice = There is one of that name, or the list is full (20).
wrong-zone = A zone like Europe/London or Asia/Shanghai, please.
wrong-currency = Three letters will do: GBP, CNY, USD.
wrong-country = Two letters will do: GB, CN, US.
wrong-hours = Please write it like 9:00-12:00 13:00-18:00, or leave it empty.
wrong-days = Dates like 2026-12-24, or 2027-02-15..2027-02-21, please.
wrong-together-calendar = One weekday has to be worked, and no day can be both off and worked.
wrong-together-service = Something here does not fit together.
wrong-together-company = Something here does not fit together.
wrong-together-ladder = Each step has to come later than the one before it.

topic-forecast = Forecast
setting-chance = Chance of winning, “{ $name }”
setting-percent = { $count }%
setting-forecast-least = So many ended sales say it better
setting-hint-chance = Per cent. Empty: by its place on the list
wrong-chance = A whole number from 0 to 100, or nothing.
wrong-together-forecast = Something here does not fit together.
effect-forecast =
    { $count ->
        [0] No open sale is weighted otherwise.
        [one] One open sale is weighted otherwise, unless { $least } ended ones say better.
       *[other] { $count } open sales are weighted otherwise, unless { $least } ended ones say better.
    }
usage-company = Just send it: /company
menu-company = How the company works
