### What customers read of their requests, and what a stranger is asked.
ticket-ask = What can we do for you? Just write it here, with a photo if you like.
ticket-ask-group = What can we do for you? Write /ticket and what it is about, or mention me with it.
customer-hello =
    { $name ->
        [none] Hello! How can we help?
       *[other] Hello { $name }! How can we help?
    } Just write it here.
ticket-added =
    Added to T{ $ticket }{ $title ->
        [none] {""}
       *[other] {" "}“{ $title }”
    }.
button-ask-new = This is a new request
ticket-add-here =
    { $group ->
        [yes] Mention me with what you want to add, and it goes to T{ $ticket }.
       *[no] Write it or send a photo here, and it goes to T{ $ticket }.
    }
intake-about = What is it about?
intake-name = Who are you, please?
intake-company = And of which company?
intake-done = Thank you. We have all we need for T{ $ticket } and will answer here.
button-ask = Help
button-ask-add = Add something
button-ask-close = Close
button-ask-solved = Yes, solved
button-ask-again = Not solved
ticket-progress-gone = We noted T{ $ticket } by mistake and took it back. If there is something, just write.
ticket-progress =
    { $state ->
        [new] We have received it.{ $opens ->
            [none] {""}
           *[other] {" "}Somebody will look at it from { $opens }.
        }
        [reopened] We look at it again.{ $opens ->
            [none] {""}
           *[other] {" "}Somebody will be there from { $opens }.
        }
        [waiting] { $owner } waits for your answer.
        [resolved] Solved. Is it?
        [closed] Closed. Thank you.
       *[other] { $owner ->
            [none] We have received it.
           *[other] { $owner } is on it.
        }
    }
    .title =
        T{ $ticket }{ $title ->
            [none] {""}
           *[other] {" "}{ $title }
        }

ticket-opened = Opened. { ticket-about }
    .title = { ticket-heading }
action-ticket-asker-told = Customer told who they are
menu-ticket = Open a ticket
usage-ticket = The customer and what it is about: /ticket C7 the printer is jammed
