# 客户、联系人、商机：卡片、表单、做过的事。
customer-summary =
    { $grade ->
        [none] 客户
       *[other] { $grade } 级客户
    }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }
customer-card = { customer-summary }
    .title = C{ $customer } { $name }
customer-changed = 已修改 ✓ { customer-summary }
    .title = C{ $customer } { $name }
customer-exists = 已经有这个客户了。{ customer-summary }
    .title = C{ $customer } { $name }
customer-near = 可能已经有了：{ customer-summary }
    .title = C{ $customer } { $name }
customer-given = C{ $customer } { $name } 已转给 { $owner }，也通知了。
customer-ask-grade =
    { $grade ->
        [none] { $name } 定为哪一级？
       *[other] { $name } 定为哪一级？现在是 { $grade } 级。
    }

contact-summary =
    { $customer }{ $title ->
        [none] {""}
       *[other] {" "}{ $title }
    }
contact-card = { contact-summary }
    .title = P{ $contact } { $name }
contact-added = 已保存 ✓ { contact-summary }
    .title = P{ $contact } { $name }
contact-changed = 已修改 ✓ { contact-summary }
    .title = P{ $contact } { $name }

opportunity-summary =
    { $stage }{ $reason ->
        [none] {""}
       *[other] （{ $reason }）
    }{ $amount ->
        [none] {""}
       *[other] {" "}· { $amount }
    }{ $expected ->
        [none] {""}
       *[other] {" "}· 预计 { DAY($expected) }
    } · { $customer }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }
opportunity-card = { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-moved = { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-changed = 已修改 ✓ { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-opened = 已保存 ✓ { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-won = 恭喜赢单！{ opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-lost = { opportunity-summary }
    .title = O{ $opportunity } { $name }
opportunity-ask-reason = { $name }（O{ $opportunity }）为什么输单？
opportunity-ask-lost = { $name }（O{ $opportunity }）是什么原因？直接写就行。

card-person = { $value }
card-full-name = { $value }
card-amount = 预计金额：{ $value }
card-point =
    { $kind }：{ $value }{ $extension ->
        [none] {""}
       *[other] {" "}转 { $extension }
    }
card-campaign = 活动：{ $value }
card-source = 来源：{ $value }
card-grade = { $value } 级
card-tags = 标签：{ $value }
card-note = { $value }
card-address = { $value }
card-language = 语言：{ $value }
card-custom = { $name }：{ $value }
card-birthday =
    生日：{ $lunar ->
        [yes] 农历{" "}
       *[no] {""}
    }{ $value }
card-contact =
    { $name }{ $title ->
        [none] {""}
       *[other] {" "}{ $title }
    }{ $phone ->
        [none] {""}
       *[other] {" "}· { $phone }
    }
card-contacts-more = ……还有 { $count }{ $open ->
        [yes] +
       *[no] {""}
    } 位联系人
card-opportunity =
    O{ $opportunity } { $name }{ $whose ->
        [none] {""}
       *[other] {" "}· { $whose }
    } · { $stage }{ $amount ->
        [none] {""}
       *[other] {" "}· { $amount }
    }
card-opportunities-more = ……还有 { $count }{ $open ->
        [yes] +
       *[no] {""}
    } 个商机
card-last =
    { AGO($at) }：{ $kind }{ $note ->
        [none] {""}
       *[other] {" "}– { $note }
    }
card-next =
    下一步：{ $when }{ $note ->
        [none] {""}
       *[other] {" "}– { $note }
    }（F{ $followup }）
card-next-more = ……还有 { $count }{ $open ->
        [yes] +
       *[no] {""}
    } 条跟进
card-no-next = 下一步：还没有安排

customer-contacts = { $name } 的联系人：
customer-opportunities = { $name } 的商机：
button-open = 打开 { $name }
button-open-customer = 客户
button-add-contact = 加联系人
button-add-opportunity = 加商机
button-grade = 等级

form-edit-customer = { $code } { $name }
form-new-contact = { $name } 的新联系人
form-edit-contact = { $code } { $name }
form-new-opportunity = { $name } 的新商机
form-edit-opportunity = { $name }
label-short-name = 简称
label-address = 地址
label-language = 语言
label-tags = 标签
label-custom = 其他信息
label-title = 职务
label-birthday = 生日
label-opportunity = 什么商机？
label-amount = 金额
label-expected = 预计成交
hint-custom = 每行一项，例如：楼层：12
hint-birthday = 例如 1985年3月12日、3月12日、农历八月十五。
wrong-custom = “{ $typed }”要有名称和内容，例如：楼层：12
