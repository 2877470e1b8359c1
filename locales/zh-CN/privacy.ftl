# 关于客户联系人保存了什么，以及申请删除。
mydata =
    .title = { $company } 保存的您的信息
mydata-person = { $name }{ $title ->
        [none] {""}
       *[other] ，{ $title }
    }{ $customer ->
        [none] {""}
       *[other] ，{ $customer }
    }
mydata-birthday = 生日：{ $value }
mydata-account = 您的聊天账号：{ $channel }，{ $name }
mydata-wrote = 您在 { $at } 写道：{ $words }
mydata-answered = 您在 { $at } 回答了问卷{ $score ->
        [none] {""}
       *[other] ，{ $score } 分
    }{ $words ->
        [none] {""}
       *[other] ：{ $words }
    }
mydata-notes = 关于贵公司的内部记录：{ $count ->
        [100] 一百条以上
       *[other] { $count } 条
    }
mydata-hears = { $topics ->
        [none] 您不会收到我们的问卷和资讯。
       *[other] 您可能收到我们的：{ $topics }。
    }
mydata-kept-for = 只为答复您而保存：还不认识您时 { $days } 天，服务请求 { $years ->
   *[other] { $years } 年
}。
topic-surveys = 问卷
topic-marketing = 资讯
topic-greetings = 节日和生日祝福
button-forget-me = 申请删除
privacy-for-customers = 这是给客户用的。
forget-sure = 要让 { $company } 删除能认出您的内容吗：姓名、号码、账号和消息？删除后无法恢复，我们也不再认识您。
button-yes-forget = 是的，请删除
button-keep-me = 不，保留
forget-kept = 没有任何改动。
forget-asked = 已提交。最迟 { $until } 会有人确认，结果会在这里告诉您。
forget-done = 好了：能认出您的内容会在一天内删除，备份里的副本会随旧备份一起清除。您再写来时，我们从头认识您。
forget-declined = 暂时不能删除您的数据，请联系您在 { $company } 的对接人。
forget-expired = 三天没有人答复，非常抱歉。要再申请一次吗？
forget-request = 能认出此人的内容会彻底删除：资料、记录、历史和消息。数量和金额保留。
    .title =
    { $channel }上的{ $name ->
        [none] 一位客户
       *[other] {" "}{ $name }
    }{ $customer ->
        [none] {""}
       *[other] （{ $customer }）
    }申请删除
forget-what = 账号：{ $accounts }，消息：{ $messages }
forget-in-short = 删除 { $name ->
        [none] 某人的数据
       *[other] { $name }
    }
action-erasure-began = 同意删除
action-person-erased = 已删除个人信息
action-strangers-forgotten = 已清除陌生人的信息
reason-erased = 本人申请了删除
menu-mydata = 查看您的信息
menu-forget = 申请删除您的信息
usage-mydata = 直接发送：我的数据
usage-forget = 直接发送：删除我
