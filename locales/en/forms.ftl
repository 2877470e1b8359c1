# Forms asked question by question, where a channel has none of its own.
form-ask =
    { $error ->
        [none] {""}
       *[other] { $error }{"\u000A"}
    }{ $label }?{ $hint ->
        [none] {""}
       *[other] {"\u000A"}{ $hint }
    }{ $value ->
        [none] {""}
       *[other] {"\u000A"}So far: { $value }
    }
    .title = { $title }
form-choice = { $label }
form-choose-one = Please choose one of the answers.
form-waits = This form is waiting for you.
    .title = { $title }
form-error-line = { $label }: { $error }
form-answered =
    .title = { $title }
form-overview = All there? Save it, or change something.
    .title = { $title }
form-line =
    { $label }: { $value ->
        [none] –
       *[other] { $value }
    }
form-field = { $label }
form-dropped = Dropped: { $title }. Nothing was saved.
form-gone = That form is no longer open: it was sent or dropped.
form-next = Next
form-step = Step { $number } of { $of }
