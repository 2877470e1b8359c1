# 团队树：谁在哪个团队、能看到多少。
team-missing = 没有这个团队。发送“团队”，点“团队结构”可以看到全部。
team-taken = 已经有团队 { $team } 了。
team-within-itself = { $team } 不能放到自己下面的团队里。
team-in-use = { $team } 还在用：{ $people ->
        [0] {""}
       *[other] 里面有 { $people } 人{ $teams ->
            [0] 。
           *[other] ，
        }
    }{ $teams ->
        [0] {""}
       *[other] 下面有 { $teams } 个团队。
    }请先移走。
not-a-sight = 这个角色不能看到这么多，或这么少。

teams =
    { $count ->
        [0] 还没有团队，大家都由不属于任何团队的主管来管。
       *[other] 团队主管能看到本团队和下级团队。
    }
    .title = 团队结构
teams-line =
    { $depth }{ $name }{ $leaders ->
        [none] {""}
       *[other] {" "}· 主管：{ $leaders }
    }{ $names ->
        [none] {""}
       *[other] {" "}· { $names }
    }{ $more ->
        [0] {""}
       *[other] 等，另有 { $more } 人
    }{ $empty ->
        [yes] {" "}· 暂无成员
       *[no] {""}
    }
teams-none = 没有团队：{ $names }{ $more ->
        [0] {""}
       *[other] 等，另有 { $more } 人
    }
team-one =
    { $names ->
        [none] 暂无成员。
       *[other] 本团队和下级：{ $names }{ $more ->
            [0] {""}
           *[other] 等，另有 { $more } 人
        }
    }
    .title = { $team }
button-teams = 团队结构
button-add-team = 添加团队
button-move-team = 改名或移动
button-end-team = 移除
button-change-team = 换团队
button-change-sight = 可见范围
button-team = { $team }
button-no-team = 不属于任何团队
team-path-form = 团队
team-field-path = 团队
team-hint-path = 连同上级一起写：销售/华东
team-ask-team = { $name } 现在{ $team ->
        [none] 不属于任何团队
       *[other] 在 { $team }
    }。{ $any ->
        [yes] 换到哪个团队？
       *[no] 没有别的团队。
    }
team-sees = 能看到{ $sees }{ $own ->
        [yes] （单独设置）
       *[no] {""}
    }
team-ask-sight = { $name } 现在的可见范围是“{ $sight }”，要改成什么？
team-sight-line = { $scope }：{ $sees }
sight-own = 自己的
sight-desk = 自己的和服务台
sight-team = 团队的
sight-all = 全部
roles-person = { $name }（单独设置）：能看到{ $sees }。
moved-to-team = { $by ->
        [none] 你
       *[other] { $by } 做了调整，你
    }现在{ $team ->
        [none] 不属于任何团队。
       *[other] 在团队 { $team }。
    }
sight-changed = { $by ->
        [none] 你现在能看到
       *[other] { $by } 调整了你的可见范围，现在能看到
    }：{ $sees }。
said-moved-to-team = 某位同事换了团队
said-sight-changed = 某位同事的可见范围变了
topic-teams = 团队结构
setting-team = 团队 { $team }
action-team-added = 添加了团队
action-team-moved = 团队改名或移动
action-team-ended = 移除了团队
action-staff-moved = 换了团队
action-staff-sight-changed = 调整了可见范围
field-team = 团队连同上下级的名称
