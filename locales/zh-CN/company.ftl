# 全公司的设置：主题、数值、预览，以及告诉同事的那一行。
settings-company-button = 公司设置
company-settings =
    .title = 公司设置
company-topic =
    .title = { $topic }
company-saved = 已保存。
    .title = { $topic }
company-same = 本来就是这样设置的。
    .title = { $topic }
company-preview = 还没保存：
    .title = { $topic }
company-preview-anew = 刚才有人改过这里，保存后会变成：
    .title = { $topic }
company-people =
    .title = 每人同时处理的工单数
setting-gone = 这项修改已经保存或放弃了。
own-limits = 约束主管自己的设置，只有管理员能放宽：对主管锁定的内容，以及群发超过多少人要另一位同事同意。
last-offered = 至少要留一个阶段，新商机从它开始。
company-changed = { $who ->
        [none] 公司设置有改动
       *[other] { $who } 修改了公司设置
    }：{ $what }{ $more ->
        [0] 。
       *[other] ，另有 { $more } 项。
    }
said-company-changed = 公司设置的改动
action-company-changed = 修改公司设置

topic-company = 公司
topic-calendar = 工作时间和日历
topic-service = 服务时限
topic-stages = 商机阶段
topic-sources = 线索来源
topic-lost_reasons = 输单原因
topic-ladder = 没人跟进的线索
topic-greeting = 给客户的问候
topic-retention = 保留多久
topic-broadcasts = 群发

setting-form = { $topic }
setting-line = { $what }：{ $value }
setting-difference = { $what }：{ $before ->
        [none] –
       *[other] { $before }
    } → { $after ->
        [none] –
       *[other] { $after }
    }
setting-added = { $added ->
        [yes] 新增：
       *[no] 去掉：
    }{ $what }{ $value ->
        [none] {""}
       *[other] ，{ $value }
    }
setting-and = { $first }；{ $then }
setting-more = ……另有 { $count } 项。
setting-company-name = 名称
setting-company-language = 语言
setting-company-timezone = 时区
setting-company-currency = 币种
setting-company-country = 国家
setting-hours = { $day }的工作时间
setting-hours-button = 工作时间
setting-days-button = 节假日
setting-free = 休息
setting-day-free = 休息日
setting-day-work = 上班日
setting-days =
    { $kind ->
        [free] 法定节假日之外的休息日
       *[work] 另外的上班日（调休）
    }：{ $count ->
        [0] 没有
       *[other] { $days }
    }
setting-field-free = 休息日
setting-field-work = 另外的上班日
setting-hint-hours = 9:00-12:00 13:00-18:00；留空表示休息
setting-hint-days = 2026-12-24, 2027-02-15..2027-02-21
setting-hint-span = 30分钟、4小时或2天（工作日）
setting-hint-name = 只写一种语言也可以

level-urgent = 紧急
level-high = 高
level-normal = 普通
level-low = 低
level-complaint = 投诉
setting-level = { $level }：{ $answer }内答复，{ $solve }内解决{ $grades ->
        [none] {""}
       *[other] ；{ $grades } 级客户另有时限
    }
setting-rest = { $accept }内接单；解决后 { $close }自动关闭；每人同时 { $capacity } 张
setting-people-button = 每人同时处理几张
setting-person = { $name }：{ $count } 张{ $own ->
        [yes] （单独设置）
       *[no] {""}
    }
setting-answer = 首次答复，{ $level }{ $grade ->
        [none] {""}
       *[other] ，{ $grade } 级客户
    }
setting-solve = 解决，{ $level }{ $grade ->
        [none] {""}
       *[other] ，{ $grade } 级客户
    }
setting-accept = 接单时限
setting-close = 自动关闭时间
setting-capacity = 每人同时处理的工单
setting-capacity-of = { $name } 同时处理的工单
setting-field-answer = 首次答复时限
setting-field-solve = 解决时限
setting-field-answer-A = A 级客户的首次答复
setting-field-answer-B = B 级客户的首次答复
setting-field-answer-C = C 级客户的首次答复
setting-field-solve-A = A 级客户的解决时限
setting-field-solve-B = B 级客户的解决时限
setting-field-solve-C = C 级客户的解决时限
setting-span =
    { $unit ->
        [m] { $count } 分钟
        [h] { $count } 小时
       *[d] { $count } 个工作日
    }

setting-named = { $name }{ $offered ->
        [yes] {""}
       *[no] （不再使用）
    }
setting-fixed = { $name }（固定）
setting-add-button = 新增
setting-rename-button = 改名
setting-up-button = 上移
setting-hide-button = 停用
setting-offer-button = 启用
setting-offered = 使用中
setting-not-offered = 不再使用
setting-one-stage = 阶段“{ $name }”
setting-one-source = 来源“{ $name }”
setting-one-lost = 原因“{ $name }”
setting-order-stage = 阶段顺序
setting-order-source = 来源顺序
setting-order-lost = 原因顺序

setting-ladder = { $grade ->
        [none] 其他线索
       *[other] { $grade } 级线索
    }：{ $owner }没人联系提醒负责人，{ $manager }告诉主管，{ $at_risk }列为有风险{ $own ->
        [yes] {""}
       *[no] （同其他线索）
    }
setting-ladder-owner = 提醒负责人，{ $grade ->
        [none] 其他线索
       *[other] { $grade } 级线索
    }
setting-ladder-manager = 告诉主管，{ $grade ->
        [none] 其他线索
       *[other] { $grade } 级线索
    }
setting-ladder-at-risk = 列为有风险，{ $grade ->
        [none] 其他线索
       *[other] { $grade } 级线索
    }
setting-workdays = { $count } 个工作日
setting-field-owner = 几个工作日后提醒负责人
setting-field-manager = 几个工作日后告诉主管
setting-field-at_risk = 几个工作日后列为有风险
setting-greeting = { $part }，{ $language }
setting-broadcasts-approval-above = 超过多少人要另一位同事同意

effect-deadlines = { $count ->
        [0] 没有未完成的工单会改变时限。
       *[other] { $count }{ $more ->
            [yes] {" "}张以上
           *[no] {" "}张
        }未完成的工单会改变时限{ $late ->
            [0] 。
           *[other] ，其中 { $late } 张会马上超时。
        }
    }
effect-over-capacity =
    { $count ->
        [0] 没有人超过这个数。
       *[other] { $count } 人手上超过这个数，有空位之前不再分新单。
    }
effect-from-now-on = { $what ->
        [accept] 已经派出的工单，接单时限不变。
       *[close] 已经解决的工单，关闭时间不变。
    }
effect-reminders = 上个月按这个设置会提醒 { $after } 次，原来是 { $before } 次。{ $now ->
        [0] {""}
       *[other] 保存后马上会提醒 { $now } 条线索。
    }{ $more ->
        [yes] （只看最新的 5000 条线索）
       *[no] {""}
    }
effect-stages-kept =
    { $count ->
        [0] 没有未结束的商机处于“{ $name }”。
       *[other] { $count } 个未结束的商机留在“{ $name }”，直到有人移动。
    }
effect-sources-kept =
    { $count ->
        [0] 没有来自“{ $name }”的线索。
       *[other] { $count } 条线索仍然写着“{ $name }”。
    }
effect-lost-reasons-kept =
    { $count ->
        [0] 没有因“{ $name }”输掉的线索。
       *[other] { $count } 条线索仍然写着“{ $name }”。
    }
effect-amounts-stay = 已有的 { $currency } 金额保持不变，不会换算。
effect-retention = 更早的内容一天之内会清除，清除后不能撤销。

wrong-span = 请写成 30分钟、4小时 或 2天（工作日）。
wrong-readers = 请写 0 到 100000 之间的整数；0 表示每次群发都要另一位同事同意。
wrong-count = 请写 1 以上的整数。
wrong-name = 名称请写 1 到 40 个字。
wrong-name-twice = 已经有这个名称，或者已满 20 项。
wrong-zone = 请写时区，比如 Asia/Shanghai 或 Europe/London。
wrong-currency = 请写三个字母：CNY、USD、GBP。
wrong-country = 请写两个字母：CN、US、GB。
wrong-hours = 请写成 9:00-12:00 13:00-18:00，休息就留空。
wrong-days = 请写成 2026-12-24 或 2027-02-15..2027-02-21。
wrong-together-calendar = 一周至少要有一天上班；同一天不能既休息又上班。
wrong-together-service = 这些内容放在一起不成立。
wrong-together-company = 这些内容放在一起不成立。
wrong-together-ladder = 后一步要比前一步晚。

topic-forecast = 销售预测
setting-chance = “{ $name }”的赢单率
setting-percent = { $count }%
setting-forecast-least = 多少个已结束的商机起，按历史算
setting-hint-chance = 百分比；留空就按阶段的先后
wrong-chance = 请写 0 到 100 的整数，或者留空。
wrong-together-forecast = 这些内容放在一起不成立。
effect-forecast =
    { $count ->
        [0] 没有未结束的商机会改变权重。
       *[other] { $count } 个未结束的商机会改变权重；已有 { $least } 个结束的商机时，仍按历史算。
    }
usage-company = 直接发送：公司设置
menu-company = 公司设置
