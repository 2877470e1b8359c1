# What customers hear of us without having asked: how much, news, wishes, and points.

reason-cool-down = they heard from us a short while ago, or something more important goes first
reason-complaint-open = their company waits for the solution of a complaint
said-broadcast = News
said-care-greeting = Good wishes

# What somebody hears of us, one by one.
topics = What would you like to hear from us? Answers to your own requests always come.
topic-line = { $given ->
        [yes] ✓
       *[no] ✗
    } { $topic }
topic-on = Yes to { $topic }
topic-off = No { $topic }
button-choose-topics = What I hear
news-stopped = Done: no news from us any more, on any channel.
news-no-more = No more news
