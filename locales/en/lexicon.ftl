# What the company's own words mean: learned from corrections, listed and forgotten by /lexicon.
lexicon =
    { $all ->
        [yes] What I learned from the team’s corrections
       *[no] What I learned from your corrections
    }
lexicon-empty = Nothing learned yet. When you correct a card before you save it, I remember the words.
lexicon-full = I know { $most } phrases, and can learn no more. Forget some that nobody uses.
lexicon-forgotten = Forgotten: “{ $phrase }”
lexicon-dropped = I won’t remember “{ $phrase }”.
lexicon-learned-activity = Learned: “{ $phrase }” means: { $means }
lexicon-learned-intent = Learned: “{ $phrase }” means: { $means }
lexicon-learned-no-intent = Learned: “{ $phrase }” does not mean: { $means }
lexicon-learned-name = Learned: “{ $phrase }” means: { $means }
lexicon-line-activity =
    “{ $phrase }” means: { $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-line-intent =
    “{ $phrase }” means: { $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-line-no-intent =
    “{ $phrase }” does not mean: { $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-line-name =
    “{ $phrase }” means: { $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-forget-button = Forget
lexicon-drop-button = Don’t remember “{ $phrase }”

entry-line-intents = Customer: { $intents }
entry-ask-intents = What does the customer want, and how do things stand?
entry-toggle-intent =
    { $on ->
        [yes] ✓ { $intent }
       *[no] { $intent }
    }
button-entry-intents = Wants
intent-wants_quote = wants a quote
intent-wants_demo = wants a demo
intent-wants_trial = wants a trial
intent-wants_info = wants information
intent-price_objection = finds it expensive
intent-negotiating = negotiating
intent-interested = interested
intent-not_interested = not interested
intent-on_hold = on hold
intent-competitor = looking at a competitor
intent-won = signed
intent-lost = went elsewhere
intent-complaint = complaint
intent-payment = payment
intent-renewal = renewal
intent-no_answer = no answer
intent-decision_pending = decides later
intent-support = needs support
