# 谁做了什么，谁能做什么。
audit =
    { $name ->
        [none] { $kind }，近 { $days } 天
       *[other] { $name } · { $kind }，近 { $days } 天
    }{ $empty ->
        [yes] {" "}· 没有
       *[no] {""}
    }
    .title = 审计
audit-line =
    { $at } · { $name ->
        [none] 系统
       *[other] { $name }
    } · { $what }{ $codes ->
        [none] {""}
       *[other] {" "}{ $codes }
    }{ $undone ->
        [yes] {" "}· 已撤销
       *[no] {""}
    }
audit-kind-all = 全部
audit-kind-looked = 看过隐藏内容
audit-kind-leads = 线索
audit-kind-customers = 客户
audit-kind-tickets = 工单
audit-kind-people = 同事
audit-kind-settings = 设置
audit-kind-undone = 已收回的
audit-export-button = 导出表格
audit-exported =
    共 { $count } 条日志。{ $more ->
        [yes] 只含最新的；想看更早的，请按人、类别或更短的时间查。
       *[no] {""}
    }
audit-heading = 审计
audit-days = 近 { $days } 天
audit-head-at = 时间
audit-head-who = 谁
audit-head-what = 做了什么
audit-head-codes = 记录
audit-head-source = 途径
action-record-shown = 查看了隐藏的内容
action-audit-exported = 导出了日志
menu-audit = 谁做了什么
menu-roles = 谁能做什么
usage-audit = 可以加上同事、种类和时间：审计 @小李 线索 本月
usage-roles = 直接发送：权限
roles = 每个角色能看到什么，以及比其他同事多能做什么。
    .title = 权限
roles-role =
    ▪ { $role }：能看到{ $sees }{ $tickets ->
        [yes] ；处理工单
       *[no] {""}
    }{ $leads ->
        [yes] ；可邀请、调整所管同事并交接其记录
       *[no] {""}
    }
roles-commands = 命令：{ $commands }
roles-decides = 参与审批：{ $decides }
roles-masked = 非本人记录中隐藏：{ $masked }
roles-locked = 不能修改：{ $locked }
roles-sees-own = 自己的、共享给自己的、代班同事的
roles-sees-desk = 自己的、共享给自己的、代班同事的、所有工单，以及自己工单和待分配工单的客户
roles-sees-team = 本团队及下级团队的、无人负责的、共享给自己的
roles-sees-all = 全部
roles-usual-agent = 以上各项、所有工单，以及自己工单和待分配工单的客户
roles-usual-manager = 本团队及下级团队的、无人负责的、共享给自己的；主管没有团队则为全部
roles-decides-join = 谁加入
roles-decides-forget = 删除谁的数据
roles-decides-broadcast = 群发内容
roles-decides-redeem = 积分兑换
leaver-records = { $name } 已离开。名下还有：{ $owned }由谁接手？
said-leaver-records = 离开同事留下的记录
action-team-nudged-overdue = 催办逾期跟进
action-team-nudged-risk = 催办有风险的线索
action-team-slip-asked = 询问商机延期原因
action-team-praised = 说了“干得漂亮”
action-handover-accepted = 接手了记录
