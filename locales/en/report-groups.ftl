### Reports that come by themselves into a group that was named.
schedule-which-group = Several groups are called { $name }. Into which one?
schedule-group-unknown = I know no group called { $name } in which you have written. Into one of these?
schedule-no-group-known = I know no group called { $name } in which you have written. Write a word there first (where I see only what is meant for me: /help), or ask for the report there.
schedule-group-line = { $name }{ $people ->
        [none] {""}
       *[other] {" "}· with { $people }
    }
button-this-group = This one
schedule-group-of-customer = { $name } is a customer’s group, so no numbers go there. Please choose a group of colleagues only.
schedule-group-with-guests = Somebody from outside is in { $name }, so no numbers go there. Please choose a group of colleagues only.
report-comes-here = { $by } set it up: it comes into this group{ $repeats ->
        [none] {""}
       *[other] {" "}{ $repeats }
    }, first { $next }{ $words ->
        [none] {""}
       *[other] {" "}· { $words }
    }{ $people ->
        [none] {""}
       *[other] {" "}· { $people }
    }
    .title = { $title } by itself
report-stopped-here = { $by } stopped it. It does not come any more.
report-stopped-by = { $by } stopped what came by itself into a group: { $title }.
said-report-comes-here = that a report will come
said-report-stopped-by = that a report was stopped
report-group-lost = I’m no longer in { $name ->
        [none] the group that got this report
       *[other] { $name }, which got this report
    }{ $repeats ->
        [none] {""}
       *[other] {" "}{ $repeats }
    }. It waits until you say where to send it.
    .title = { $title }: where to now?
button-schedule-elsewhere = Into another group
button-schedule-to-me = To me
schedule-elsewhere = Which group should get it? If a group isn’t listed, write a word in it first.
schedule-no-groups = I haven’t seen you write in any group yet. Write a word in one, then press “Into another group” under /report, ⏰ By itself.
said-report-group-lost = that a report has no place to come to
action-report-group-lost = Report stopped for want of its group
action-report-moved = Report comes somewhere else
