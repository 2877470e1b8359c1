# Customers and strangers in chat: the welcome, codes, groups, what waits for staff, and saying stop.
welcome =
    .title = { $company }
welcome-private =
    { $name ->
        [none] Hello!
       *[other] Hello { $name }!
    } This is { $company }. Write here what you need; a person reads it and answers.
welcome-group =
    { $names ->
        [none] Hello!
       *[other] Hello { $names }!
    } This is { $company }’s assistant. Need something? Write to me in private, or mention me here.
welcome-own = { $text }
welcome-reach = People answer on working days, { $start }–{ $end }.
welcome-kept = What you write is kept so that we can answer you: { $days } days while we don’t know you, requests for { $years ->
    [one] a year
   *[other] { $years } years
}. “mydata” shows it, “forget” asks us to erase it.
welcome-platform = Messages pass the servers of { $channel }.
welcome-stop = “stop” ends surveys and news; answers to your own requests still come. We send news only if you ask for it.
group-welcome =
    .title = { $company }

inquiry-taken = Thank you, got it. Somebody looks at it and answers you here.
inquiry-added = Added to your message. Somebody will look at it.
inquiry-empty = I couldn’t read that. Please write it in words, and somebody will look at it.
inquiry-card =
    { $known ->
        [yes] A message from your customer, { $at }
       *[no] Somebody we don’t know yet, { $at }
    }
    .title = { $name ->
        [none] A new message
       *[other] { $name }
    } · { $channel }
inquiry-words = { $words }
inquiry-is-bound = { $by ->
        [none] Linked to a customer.
       *[other] { $by } linked them to a customer.
    }
    .title = { $name ->
        [none] A new message
       *[other] { $name }
    } · { $channel }
inquiry-is-lead = { $by ->
        [none] Made a lead of.
       *[other] { $by } made a lead of it.
    }
    .title = { $name ->
        [none] A new message
       *[other] { $name }
    } · { $channel }
inquiry-is-ticket = { $by ->
        [none] Made a ticket of.
       *[other] { $by } made a ticket of it.
    }
    .title = { $name ->
        [none] A new message
       *[other] { $name }
    } · { $channel }
inquiry-is-closed = { $by ->
        [none] Nothing for us.
       *[other] { $by } says: nothing for us.
    }
    .title = { $name ->
        [none] A new message
       *[other] { $name }
    } · { $channel }
inquiry-ask-whose = Who is { $name ->
        [none] this
       *[other] { $name }
    }? Send the customer’s or the person’s number (C7, P9) or a name.
inquiry-which = Which of them is { $name ->
        [none] it
       *[other] { $name }
    }?
inquiry-nobody-called-so = I find nobody by that. Try a number such as C7 or P9, or another name.
inquiry-bound = Linked ✓ { $name }, { $customer }. They were told.
inquiry-not-found = There is no such message here.
inquiry-closed = That has been decided already.
button-bind-customer = Link to customer
button-make-lead = Make lead
button-not-for-us = Nothing for us
button-contact = { $name }{ $customer ->
        [none] {""}
       *[other] {" "}· { $customer }
    }

invite-whom = Whom at { $name } do you want to invite?
invite-nobody = Nobody is known at { $name } yet. Add a person first.
contact-invitation =
    Open the link, or send the code to our chat: then { $company } knows you there. It works once, within { $days } days.
    .title = { $name }, { $company } invites you
contact-is-known = Connected ✓ We know you here as { $name }. Write any time.
contact-came-in =
    { $called ->
        [none] On { $channel }.
       *[other] On { $channel }, as { $called }.
    }
    .title = { $name }{ $customer ->
        [none] {""}
       *[other] {" "}({ $customer })
    } is in our chat now
contact-closed-chat =
    { $called ->
        [none] On { $channel }.
       *[other] On { $channel }, as { $called }.
    } Nothing reaches them there until they open it again.
    .title = { $name }{ $customer ->
        [none] {""}
       *[other] {" "}({ $customer })
    } closed the chat with us
contact-unbound = { $called ->
        [none] That account
       *[other] { $called }
    } is a stranger’s again.
contact-left-line = No longer there since { DAY($at) }
contact-has-left = { $name } is no longer at that customer.
code-for-customer = This code is for a customer. Forward it to them; it still works.
phone-not-own = That is somebody else’s card. To say who you are, share your own.
phone-unknown = Thank you. I don’t find that number in our books; somebody looks at it and answers you here.
button-invite = Invite to chat
button-not-them = That’s not them
button-contact-left = No longer there
button-contact-back = Is there again

bind-in-group = Say that in the customer’s group: /bind C7
group-is-bound = This group is { $name }’s now ({ $code }). Whoever is in it is greeted.
group-whose = This group is { $name ->
        [none] another customer’s
       *[other] { $name }’s ({ $code })
    }. { $by }, { $at }
group-bound-elsewhere = This group is another customer’s already.
group-ask-move = This group is { $bound ->
        [none] another customer’s
       *[other] { $bound }’s
    } already. Move it to { $name }?
group-not-bound = This group is no customer’s yet. Say /bind C7 here.
group-unbound = This group is no longer { $code }’s.
button-move-group = Move to { $code }
button-leave-group = Leave it
button-unbind = Unlink

stopped = Done: no surveys and no news from us any more, on any channel. Answers to your own requests still come.
news-welcome = Thank you! You hear from us now and then. “stop” ends it.
button-news-welcome = News are welcome
button-stop = Stop
stop-for-customers = That is for customers. What you hear is in /settings.

menu-invite = Invite a customer into the chat
menu-bind = Say whose group this is
menu-stop = No surveys, no news
usage-invite = The customer’s or the person’s number: /invite C7
usage-bind = In the group, with the customer’s number: /bind C7
usage-stop = Just send it: stop
kind-customers = Customers who come into the chat, or leave it
said-inquiry-card = A message of somebody we don’t know
said-contact-came-in = “A customer is in our chat”
said-contact-closed-chat = “A customer closed the chat”
said-group-greeting = The greeting of a customer’s group
said-contact-is-known = “We know you now”
action-inquiry-arrived = A stranger wrote
action-inquiry-went-on = The stranger wrote more
action-inquiry-became-lead = Made a lead of a message
action-inquiry-closed = Message set aside
action-contact-invited = Customer invited
action-contact-bound = Customer’s account linked
action-contact-unbound = Customer’s account unlinked
action-contact-left = Person no longer at the customer
action-contact-is-back = Person is at the customer again
action-group-bound = Group linked to a customer
action-group-unbound = Group unlinked
action-greeting-changed = Greeting of customers changed
action-retention-changed = Changed how long is kept what customers write
unknown-placeholder = Nothing can stand for { "{" }{ $typed }{ "}" } here. You can use: { $known }.
wrong-retention = { $typed } won’t do: a whole number from { $least } to { $most }, please.

settings-customers-button = Greeting of customers
greeting-settings = Your own words come first; what is kept, who carries the messages and how to stop always follow.
    .title = What customers read when they come in
greeting-part = { $part }: { $own ->
        [yes] your own words
       *[no] ours
    }
greeting-part-private = Greeting in private
greeting-part-group = Greeting in a group
greeting-part-reach = How to reach you
greeting-kept = Kept: strangers’ messages { $days } days, requests { $years ->
    [one] a year
   *[other] { $years } years
}
greeting-preview =
    .title = What customers read
greeting-unsaved = { $part }, not saved yet:
    .title = What customers would read
preview-en = See it in English
preview-zh-CN = 看中文
greeting-form = { $part }
greeting-field-en = In English
greeting-field-zh-CN = In Chinese
greeting-hint = Empty: our words. You can use { $known }
button-look = Preview
greeting-gone = These words were saved or dropped already.
greeting-kept-form = How long is it kept?
greeting-field-days = Strangers’ messages, days
greeting-field-years = Requests, years
button-make-ticket = Make ticket
greeting-language-chosen = I speak English with you from now on.
button-share-phone = Share my phone
