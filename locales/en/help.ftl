# What one can say here, a line each with an example, and drafts to go on with.
help = Just tell me, in your own words. For example:
    .title = What you can say, { $name }
help-say = • called Acme, they want a quote for 20 seats, follow up Friday 10am
help-lead = • /lead Acme, Jane Miller, +44 20 7183 8750 – a new lead; several lines make a list
help-next = • /next Acme, send the quote, tomorrow 3pm – what comes next
help-find = • /find Acme – or just type a number such as L12, C7 or F31
help-today = • /today – what is due, and /resume – what you left unfinished
help-undo = • /undo – takes back what you just did
help-digest = • /digest – what changed in your team, with buttons to act on it
help-team = • /team Mei, rep – adds a teammate and gives you a link to forward
help-more = More about one command: /help lead
help-command =
    { $usage }{ $keywords ->
        [none] {""}
       *[other] {"\u000A"}Also: { $keywords }
    }
    .title = /{ $command } – { $does }

resume-list-card =
    { $count ->
        [one] One thing waits for you:
       *[other] { $count } things wait for you:
    }
resume-dropped =
    { $count ->
        [one] Dropped. One thing still waits:
       *[other] Dropped. { $count } things still wait:
    }
resume-nothing = Nothing waits for you.
resume-line = { $title } · { AGO($at) }
resume-entry = A report
resume-list =
    { $count ->
        [one] A list of one lead
       *[other] A list of { $count } leads
    }
resume-question = A question about { $code }
resume-away = Time away
resume-followup = A new time for F{ $followup }
button-go-on = Go on
button-drop = Drop
