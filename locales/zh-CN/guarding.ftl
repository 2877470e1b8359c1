# 各角色看不到的内容和不能修改的字段。
lock-name =
    { $field ->
        [lead-company] 线索的公司
        [lead-person] 线索的联系人
        [lead-phone] 线索的电话
        [lead-email] 线索的邮箱
        [lead-amount] 线索的金额
        [lead-source] 线索的来源
        [lead-grade] 线索的等级
        [lead-owner] 线索的负责人
        [customer-name] 客户的名称
        [customer-grade] 客户的等级
        [customer-address] 客户的地址
        [customer-phone] 客户的电话
        [customer-email] 客户的邮箱
        [customer-owner] 客户的负责人
        [contact-name] 联系人的名称
        [contact-birthday] 联系人的生日
        [contact-phone] 联系人的电话
        [contact-email] 联系人的邮箱
        [opportunity-name] 商机的名称
        [opportunity-amount] 商机的金额
        [opportunity-expected_on] 商机的预计成交日
        [opportunity-stage] 商机的阶段
       *[opportunity-owner] 商机的负责人
    }
mask-field-phone = 电话
mask-field-email = 邮箱
mask-field-handle = 聊天账号
mask-field-amount = 金额
mask-field-birthday = 生日
mask-field-address = 地址
topic-masks = 隐藏字段
topic-locks = 锁定字段
setting-role-fields = { $role }：{ $fields ->
        [none] 无
       *[other] { $fields }
    }
setting-field-on = ☑ { $field }
setting-field-off = ☐ { $field }
company-fields = { $kind ->
        [masks] { $role }：不是自己的记录里，哪些内容要隐藏。点“显示”可以查看，查看会记入“审计”。
       *[locks] { $role }：哪些内容填好以后不能再改。
    }
    .title = { $topic }
setting-masks = 对{ $role }隐藏{ $field }
setting-locks = 对{ $role }锁定{ $field }
effect-masks =
    { $count ->
        [0] 目前没有人是这个角色。
       *[other] 从现在起，{ $count } 人的卡片会这样显示。
    }
effect-locks =
    { $count ->
        [0] 目前没有人是这个角色。
       *[other] 从现在起，对 { $count } 人生效。
    }
field-locked = { lock-name }你不能改。可以改的有：{ $rep ->
        [yes] 销售、
       *[no] {""}
    }{ $agent ->
        [yes] 客服、
       *[no] {""}
    }{ $manager ->
        [yes] 主管、
       *[no] {""}
    }管理员。
form-locked = 这里你不能改：{ $fields }
form-locked-field = { $label }：{ $value }
form-notes = { $first } · { $then }
button-show-masked = 显示
button-locked = 🔒 { $what }
button-locked-field =
    { $field ->
        [grade] 等级
        [stage] 阶段
       *[owner] 负责人
    }
