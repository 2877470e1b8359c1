# 我的一天：逾期、今天、待处理。
my-day =
    .title = 我的一天
my-day-overdue =
    { $count ->
        [0] 没有逾期的 ✓
       *[other] 逾期 { $count } 条
    }
my-day-today = 今天 { $count } 条
my-day-untouched = 还没联系过的线索 { $count } 条
my-day-idle = 一周没有下一步的有 { $count } 个，接下来怎么安排？
my-day-held = 另外有 { $count } 条消息
my-day-followup =
    { $subject } · { $when }{ $note ->
        [none] {""}
       *[other] {" "}· { $note }
    }{ $owner ->
        [none] {""}
       *[other] {" "}· 代 { $owner }
    }
my-day-lead =
    { $name } · { AGO($created) }{ $owner ->
        [none] {""}
       *[other] {" "}· 代 { $owner }
    }
my-day-idle-opportunity = { $name } · 上次 { AGO($since) }
my-day-idle-customer = { $name } · 上次 { AGO($since) }
my-day-more = 还有 { $count } 条
my-day-done = 完成 ✓ { $subject }
planned-on =
    { $last ->
        [none] { DAY($first) }的安排
       *[other] { DAY($first) }到{ DAY($last) }的安排
    }
planned-on-nothing =
    { $last ->
        [none] { DAY($first) }没有安排。
       *[other] { DAY($first) }到{ DAY($last) }没有安排。
    }
my-day-nothing = 今天没有待办。
button-open-of = { $name }

lead-untouched =
    { $risk ->
        [yes] 有流失风险：{ $name } 已经 { $days } 个工作日没人联系。
       *[no] { $name } 已经 { $days } 个工作日没人联系。
    }{ $owner ->
        [none] {""}
       *[other] 负责人：{ $owner }
    }
leads-untouched = 有 { $count } 条线索还没人联系过。
lead-untouched-line =
    { $name } · { $days } 个工作日{ $risk ->
        [yes] {" "}· 有流失风险
       *[no] {""}
    }{ $owner ->
        [none] {""}
       *[other] {" "}· { $owner }
    }
said-lead-untouched = 线索没人联系
said-followup-accepted = 对方接受了跟进
said-deputy-asked = 请你代班
reason-nothing-to-say = 没有要说的
reason-too-late = 当天已经太晚
reason-touched-meanwhile = 期间已有人处理
reason-accepted-meanwhile = 之前已经接受
said-followup-passed = 对方转给了别人
said-lead-passed = 对方转给了别人
said-customer-passed = 对方转给了别人
