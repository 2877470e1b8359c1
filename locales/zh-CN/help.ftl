# 能说什么，每行一个例子；以及没做完的事。
help = 用自己的话说就行，比如：
    .title = { $name }，你可以这样说
help-say = • 给华新打了电话，对报价有疑问，预算20万，周五上午10点再跟进
help-lead = • 线索 华新科技，张伟，138 0013 8000：新增线索，多行就是一个列表
help-next = • 跟进 华新，发报价，明天下午3点：安排下一步
help-find = • 查 华新：或直接发编号，如 L12、C7、F31
help-today = • 今天：看看要做什么；继续：接着做没做完的
help-undo = • 撤销：收回刚才做的
help-digest = • 日报：团队有什么变化，点按钮就能处理
help-team = • 团队 小美，销售：添加同事，得到一个可转发的链接
help-more = 想了解某个命令：帮助 线索
help-command =
    { $usage }{ $keywords ->
        [none] {""}
       *[other] {"\u000A"}也可以说：{ $keywords }
    }
    .title = /{ $command }：{ $does }

resume-list-card =
    { $count ->
       *[other] 有 { $count } 件事没做完：
    }
resume-dropped =
    { $count ->
       *[other] 已放弃。还有 { $count } 件事没做完：
    }
resume-nothing = 没有没做完的事。
resume-line = { $title } · { AGO($at) }
resume-entry = 一条记录
resume-list =
    { $count ->
       *[other] { $count } 条线索的列表
    }
resume-question = 关于 { $code } 的问题
resume-away = 请假
resume-followup = 给 F{ $followup } 改时间
button-go-on = 继续
button-drop = 放弃
