# What customers hear of us without having asked: how much, news, wishes, and points.

reason-cool-down = they heard from us a short while ago, or something more important goes first
reason-complaint-open = their company waits for the solution of a complaint
said-broadcast = News
said-care-greeting = Good wishes
