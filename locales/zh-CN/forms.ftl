# 渠道没有表单时，一项一项地问。
form-ask =
    { $error ->
        [none] {""}
       *[other] { $error }{"\u000A"}
    }{ $label }？{ $hint ->
        [none] {""}
       *[other] {"\u000A"}{ $hint }
    }{ $value ->
        [none] {""}
       *[other] {"\u000A"}目前：{ $value }
    }
    .title = { $title }
form-choice = { $label }
form-choose-one = 请从给出的答案里选一个。
form-waits = 这份表单还等着你填。
    .title = { $title }
form-error-line = { $label }：{ $error }
form-answered =
    .title = { $title }
form-overview = 都填好了吗？保存，或者再改改。
    .title = { $title }
form-line =
    { $label }：{ $value ->
        [none] –
       *[other] { $value }
    }
form-field = { $label }
form-dropped = 已放弃：{ $title }，什么都没有保存。
form-gone = 这份表单已经提交或放弃了。
form-next = 下一步
form-step = 第 { $number } 步，共 { $of } 步
