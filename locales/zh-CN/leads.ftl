# 线索：各种状态的卡片、要问的话、做过的事。
lead-summary =
    { $status }{ $reason ->
        [none] {""}
       *[other] （{ $reason }）
    }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }
lead-card = { lead-summary }
    .title = L{ $lead } { $name }
lead-added = { lead-summary }
    .title = 已保存 ✓ L{ $lead } { $name }
lead-exists = 已经有这条线索了。{ lead-summary }
    .title = L{ $lead } { $name }
lead-near = 可能已经有了：{ lead-summary }
    .title = L{ $lead } { $name }
lead-moved = { lead-summary }
    .title = L{ $lead } { $name }
lead-changed = 已修改 ✓ { lead-summary }
    .title = L{ $lead } { $name }
lead-lost = { lead-summary }
    .title = L{ $lead } { $name }
lead-reopened = 重新跟进。{ lead-summary }
    .title = L{ $lead } { $name }
lead-accepted = 已归你负责。{ lead-summary }
    .title = L{ $lead } { $name }
lead-given = L{ $lead } { $name } 已转给 { $owner }，也通知了。
lead-converted = 线索 L{ $lead } 已转为客户，联系人、未完成的跟进和历史都带过来了。
    .title = C{ $customer } { $name }
lead-ask-convert = 已经有客户 { $code } { $name }，归到那里吗？
lead-look-alike =
    { $code ->
        [none] 顺便一提：同事的记录里有相同的号码或邮箱。
       *[other] 顺便一提：{ $code } { $name } 有相同的号码或邮箱。
    }
lead-too-long = 一条线索写得太长了，请控制在 { NUMBER($limit) } 字以内，或者每行一条粘贴过来。
lead-which = “{ $words }”里哪个是公司，哪个是联系人？
lead-reading =
    { $company ->
        [none] 联系人 { $person }
       *[other] { $person ->
            [none] 公司 { $company }
           *[other] { $company } · { $person }
        }
    }
lead-ask-reason = { $name }（L{ $lead }）为什么流失？
lead-ask-lost = 是什么原因？直接写就行。
lost-price = 价格
lost-timing = 时机
lost-competitor = 选了竞品
lost-no-need = 没有需求
lost-other = 其他
ask-owner = { $name }（{ $code }）交给谁？点名字，或者写 @名字。
grade = { $grade }
grade-none = 不分级

button-log = 记录
button-working = 开始跟进
button-qualified = 已确认
button-convert = 转为客户
button-convert-into = 归到 { $code } { $name }
button-convert-new = 新建客户
button-lost = 流失
button-reopen = 重新跟进
button-assign = 转给同事
button-history = 历史
button-person = { $name }
button-save-anyway = 仍然保存
button-save-found = 把“{ $text }”存为新线索

form-new-lead = 新线索
form-edit-lead = L{ $lead } { $name }
label-company = 公司
label-person = 联系人
label-phone = 电话
label-email = 邮箱
label-source = 来源
label-campaign = 市场活动
label-note = 备注
label-grade = 等级
hint-several = 有多个时用逗号隔开。
hint-sources = 比如：{ $sources }
lead-lost-followups = { $count ->
   *[other] 它的 { $count } 个未完成跟进已一并取消。
}
lead-words-unclear = “{ $typed }”是公司吗？请补上电话或邮箱，或用逗号分开公司和联系人
