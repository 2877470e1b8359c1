# What colleagues tell each other through the bot: comments, handed records, requests to share.
record-code =
    { $record ->
        [lead] L{ $id }
        [customer] C{ $id }
        [contact] P{ $id }
        [followup] F{ $id }
        [opportunity] O{ $id }
       *[ticket] T{ $id }
    }
comment-told = { $by } on { $title ->
        [none] {""}
       *[other] { $title }{" "}
    }{ record-code }: { $note }
share-asked = { $by } would like to see your { WORD($record, of: "record") } { record-code }. Share it?
share-granted = { $by } shared { $title } ({ record-code }) with you.
share-declined = { $by } keeps that one. Please talk to each other if you need it.
lead-assigned = { $by } handed you this lead
    .title = { $name } · L{ $lead }
lead-passed = { $by } passed { $title ->
        [none] L{ $lead }
       *[other] L{ $lead } { $title }
    } on to { $owner }.
customer-passed = { $by } passed { $title ->
        [none] C{ $customer }
       *[other] C{ $customer } { $title }
    } on to { $owner }.
customer-assigned = { $by } handed you this customer
    .title = { $name } · C{ $customer }
