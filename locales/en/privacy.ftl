# What is kept about a customer's person, and having it erased.
mydata =
    .title = What { $company } keeps about you
mydata-person = { $name }{ $title ->
        [none] {""}
       *[other] , { $title }
    }{ $customer ->
        [none] {""}
       *[other] , { $customer }
    }
mydata-birthday = Birthday: { $value }
mydata-account = Your chat: { $channel }, { $name }
mydata-wrote = You wrote { $at }: { $words }
mydata-answered = You answered { $at }{ $score ->
        [none] {""}
       *[other] {" "}with { $score }
    }{ $words ->
        [none] {""}
       *[other] : { $words }
    }
mydata-notes = Our notes about your company: { $count ->
        [100] a hundred or more
       *[other] { $count }
    }
mydata-hears = { $topics ->
        [none] You get neither surveys nor news from us.
       *[other] You may get from us: { $topics }.
    }
mydata-kept-for = Kept to answer you: { $days } days while we don’t know you, requests for { $years ->
    [one] a year
   *[other] { $years } years
}.
topic-surveys = surveys
topic-marketing = news
topic-greetings = greetings
button-forget-me = Have it erased
privacy-for-customers = That is for customers.
forget-sure = Shall { $company } erase what names you: your name, numbers, accounts and messages? It cannot be taken back, and we won’t know you here any more.
button-yes-forget = Yes, erase it
button-keep-me = No, keep it
forget-kept = Nothing was changed.
forget-asked = Asked. One of us confirms it, by { $until } at the latest; you hear of it here.
forget-done = Done: what named you is being erased, within a day. Copies in backups go when those grow old. If you write again, we start from nothing.
forget-declined = We can’t erase your data right now. Please write to your contact at { $company }.
forget-expired = Nobody has answered for three days. We are sorry. Shall I ask again?
forget-request = What names them goes for good: in records, notes, history and messages. Counts and amounts stay.
    .title =
    { $name ->
        [none] Somebody
       *[other] { $name }
    }{ $customer ->
        [none] {""}
       *[other] {" "}({ $customer })
    } on { $channel } asks to be erased
forget-what = Accounts: { $accounts }, messages: { $messages }
forget-in-short = erase { $name ->
        [none] somebody’s data
       *[other] { $name }
    }
action-erasure-began = Erasure approved
action-person-erased = Person erased
action-strangers-forgotten = Strangers forgotten
reason-erased = the person asked to be erased
menu-mydata = What is kept about you
menu-forget = Have your data erased
usage-mydata = Just send it: mydata
usage-forget = Just send it: forget
