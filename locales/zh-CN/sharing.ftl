# 同事之间通过助手说的话：评论、转交、申请共享。
record-code =
    { $record ->
        [lead] L{ $id }
        [customer] C{ $id }
        [contact] P{ $id }
        [followup] F{ $id }
        [opportunity] O{ $id }
       *[ticket] T{ $id }
    }
comment-told = { $by } 在 { $title ->
        [none] {""}
       *[other] { $title }{" "}
    }{ record-code } 说：{ $note }
share-asked = { $by } 想看你的{ WORD($record, of: "record") } { record-code }，要共享吗？
share-granted = { $by } 把 { $title }（{ record-code }）共享给你了。
share-declined = { $by } 暂时不共享，有需要的话当面聊聊吧。
lead-assigned = { $by } 把这条线索转给了你
    .title = { $name } · L{ $lead }
lead-passed = { $by } 把{ $title ->
        [none] {" "}L{ $lead }{" "}
       *[other] {" "}L{ $lead } { $title }{" "}
    }转给了 { $owner }。
customer-passed = { $by } 把{ $title ->
        [none] {" "}C{ $customer }{" "}
       *[other] {" "}C{ $customer } { $title }{" "}
    }转给了 { $owner }。
customer-assigned = { $by } 把这个客户转给了你
    .title = { $name } · C{ $customer }
