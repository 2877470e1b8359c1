# 团队：成员、邀请、角色、离开、交接。
name-missing = 叫什么名字？同事会用它来称呼，比如 @小美。
last-admin = 总得有一位管理员，请先让另一位同事当管理员。
unknown-zone = 不认识时区“{ $typed }”。写城市就行：上海、北京、London。
hours-reversed = 下班时间早于上班时间，请核对一下。

team =
    { $count ->
       *[other] 共有 { $count } 位成员。
    }
    .title = 团队
team-line =
    { $name } · { $role }{ $team ->
        [none] {""}
       *[other] {" "}· { $team }
    } · { $channels ->
        [none] 尚未加入
       *[other] { $channels }
    }
team-person =
    { $role }{ $team ->
        [none] {""}
       *[other] {" "}· { $team }
    } · { $active ->
        [yes] { $channels ->
            [none] 尚未加入
           *[other] { $channels }
        }
       *[no] 已离开
    }
    .title = { $name }
button-add-teammate = 添加同事
button-add-another = 再加一位
button-add = 添加
button-new-link = 新链接
button-change-role = 改角色
button-unlink = 解绑{ $channel }{ $who ->
        [none] {""}
       *[other] {" "}· { $who }
    }
button-deactivate = 停用
button-yes-deactivate = 是的，{ $name } 离开
button-hand-over = 交接记录

team-form = 新同事
team-field-name = 名字
team-hint-name = 同事怎么称呼就怎么写：小王、Mei
team-field-role = 角色
team-field-team = 团队
role-choice = { $role }
team-hint-team = 主管能看到本团队的记录，可以不填。
teammate-added = { $name } 已加入团队，角色是{ $role }。请把下一条消息转发给对方。
teammate-link = { $name } 的新链接。请把下一条消息转发给对方。
team-ask-role = { $name } 现在是{ $role }，要改成什么？
team-ask-leave =
    { $name } 会立即无法使用。记录会保留，下一步可以交接：{ $owned }
    .title = { $name } 离开了吗？
team-left = { $name } 已无法使用。名下还有：{ $owned }
team-ask-whom = 谁来接手 { $name } 的记录：{ $owned }
team-handing-over = 正在把 { $name } 的记录交给 { $to }。数量较多，完成后在这里告诉你。
team-handed-over =
    { $to } 已接手 { $name } 的记录：{ $owned }{ $stopped ->
        [yes] 其余未动：{ $to } 已离开团队。
       *[no] {""}
    }
records-received =
    { $by } 把 { $from } 的记录交给了你：{ $items }。
belongings-leads = { $count } 条线索
belongings-customers = { $count } 个客户
belongings-followups = { $count } 个待办跟进
belongings-opportunities = { $count } 个商机
belongings-tickets = { $count } 张工单
belongings =
    { $items }{ $more ->
        [yes] ，或更多。
       *[no] 。
    }
belongings-none = 没有记录。

action-staff-invited = 生成了同事的链接
action-staff-joined = 同事加入
action-first-admin-invited = 生成了第一个链接
action-profile-changed = 修改个人资料
action-company-set-up = 设置公司
action-staff-role-changed = 修改角色
action-records-handed-over = 交接记录

speaker-hidden = 您在这里以群组的名义匿名发言，我认不出是谁。请私聊我，或者关闭自己的“匿名管理员”。
