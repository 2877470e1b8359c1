# What the company's own words mean: learned from corrections, listed and forgotten by /lexicon.
lexicon =
    { $all ->
        [yes] What I learned from the team’s corrections
       *[no] What I learned from your corrections
    }
lexicon-empty = Nothing learned yet. When you correct a card before you save it, I remember the words.
lexicon-forgotten = Forgotten: “{ $phrase }”
lexicon-dropped = I won’t remember “{ $phrase }”.
lexicon-learned-activity = Learned: “{ $phrase }” is { $means }
lexicon-learned-intent = Learned: “{ $phrase }” says { $means }
lexicon-learned-no-intent = Learned: “{ $phrase }” does not say { $means }
lexicon-learned-name = Learned: “{ $phrase }” is { $means }
lexicon-line-activity =
    “{ $phrase }” is { $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-line-intent =
    “{ $phrase }” says { $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-line-no-intent =
    “{ $phrase }” does not say { $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-line-name =
    “{ $phrase }” is { $means }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
lexicon-forget-button = Forget
lexicon-drop-button = Don’t remember “{ $phrase }”

entry-line-intents = They: { $intents }
entry-ask-intents = What does the customer want, and how do things stand?
entry-toggle-intent =
    { $on ->
        [yes] ✓ { $intent }
       *[no] { $intent }
    }
button-entry-intents = Wants
intent-wants_quote = want a quote
intent-wants_demo = want a demo
intent-wants_trial = want a trial
intent-wants_info = want information
intent-price_objection = find it expensive
intent-negotiating = are negotiating
intent-interested = are interested
intent-not_interested = are not interested
intent-on_hold = put it on hold
intent-competitor = look at a competitor
intent-won = signed
intent-lost = went elsewhere
intent-complaint = complain
intent-payment = about payment
intent-renewal = about renewal
intent-no_answer = no answer
intent-decision_pending = decide later
intent-support = need support
