# 拒绝的原因：每个 CrmError 的代码一条。一两句话说清现状和办法。
error-unexpected = 抱歉，我们这边出错了，什么都没有改动。再次出现时，请把编号告诉管理员：{ $incident }
refused = 抱歉，这个操作做不了。
not-allowed = 抱歉，这里不能这样做，可以请主管或管理员帮忙。
record-not-found =
    { $record ->
        [lead] 没找到这条线索。
        [customer] 没找到这个客户。
        [contact] 没找到这位联系人。
        [followup] 没找到这条跟进。
        [opportunity] 没找到这个商机。
        [ticket] 没找到这张工单。
        [activity] 没找到这条记录。
        [draft] 这份草稿已经不在了，可能已保存或放弃。
        [staff] 没找到这位同事。
        [action] 没找到这次改动。
       *[other] 没找到 { $record }，是你负责的吗？
    }
unknown-command =
    { $nearest ->
        [none] 没看懂“{ $typed }”。发送“帮助”看看我会什么。
       *[other] 没看懂“{ $typed }”，是不是想用 /{ $nearest }？
    }
wrong-usage = { $usage }
button-too-old = 这个按钮已经失效，请重新打开记录，比如发送“查”加名字。
form-errors = 请检查标出的几项。
followup-already-closed =
    { $status ->
        [done] F{ $followup } 在{ AGO($closed_at) }已经完成。
       *[other] F{ $followup } 在{ AGO($closed_at) }已经取消。
    }
date-in-the-past = { $when } 已经过了，想定在什么时候？
duplicate-found =
    { $matched ->
        [phone] 这个电话已经存在
        [email] 这个邮箱已经存在
        [company] 这家公司已经存在
        [near_name] 已经有一家名称相近的公司
        [domain] 已经有使用同一邮箱域名的记录
        [credit_code] 这个统一社会信用代码已经存在
       *[other] 已经存在
    }{ $owner ->
        [none] {""}
       *[other] {" "}· 负责人 { $owner }
    }{ $touched ->
        [none] {""}
       *[other] {" "}· 最近跟进 { AGO($touched) }
    }
lead-already-closed =
    { $status ->
        [converted] L{ $lead } 已经转为客户。
       *[other] L{ $lead } 已经标记为流失。
    }
nothing-to-save = 是谁呢？请告诉我公司或联系人的名字。
wrong-phone = “{ $typed }”不像电话号码，请核对一下。
wrong-email = “{ $typed }”不像邮箱地址。
undo-refused =
    { $who ->
        [none] { $what ->
            [gone-out] 客户已经收到，不能再撤销了。
            [erased] 删除个人资料不能撤销。
            [handed-out] 表格已经发出，不能撤销。
           *[other] 已经撤销过，或者后来又改过，不能再撤销了。
        }
       *[other] 不能撤销：{ $who } { AGO($at) }{ $what ->
            [followup-accepted] 已经接受
            [lead-accepted] 已经接受
           *[other] 又改过
        }。
    }
nothing-to-undo = 没有可以撤销的。
name-taken = 已经有一位叫 { $name } 的同事了，请加上姓或其他区别。
staff-not-found = 没有叫 { $name } 的同事。
identity-taken = 这个聊天账号已经绑定了别人，请先让管理员解绑：发送“团队”，点开那个人，再点解绑。
invitation-invalid = 这个邀请码用不了：可能输错、已使用或已过期。请再要一个。
no-such-colleague = 没有叫 { $typed } 的同事。
too-long = { WORD($field, of: "field") }最多 { NUMBER($limit) } 个字。
wrong-birthday = “{ $typed }”不像生日。可以这样写：1985年3月12日、03-12、农历八月十五。
wrong-credit-code = “{ $typed }”不是有效的统一社会信用代码，请核对这 18 位。
wrong-handle = “{ $typed }”不像{ WORD($kind, of: "point") }账号。
impossible-date = 没有“{ $typed }”这个时间，想定在什么时候？
card-of-another = 这张卡片是 { $name } 的，还没保存，只有 { $name } 能保存或修改。
for-staff-only = 这是 { $company } 内部同事用的。有事请照常联系您在 { $company } 的对接人。

job-stuck = { $work ->
        [handover] 交接
        [undo] 撤销
        [list] 保存名单
        [merge] 合并工单
        [release] 为离职同事的工单找人接手
        [known] 把工单归到客户名下
        [survey] 发送问卷
        [broadcast] 群发
        [care] 发送祝福
        [points] 补算积分
        [erase] 删除个人数据
       *[import] 撤回导入
    }多次没有成功。我会继续尝试，请告诉管理员。
job-stuck-admin = { $work ->
        [handover] 一次交接
        [undo] 一次撤销
        [list] 保存一份名单
        [merge] 合并工单
        [release] 为离职同事的工单找人接手
        [known] 把工单归到客户名下
        [survey] 发送问卷
        [broadcast] 群发
        [care] 发送祝福
        [points] 补算积分
        [erase] 删除个人数据
       *[import] 撤回一次导入
    }（任务 { $number }）多次失败，每小时会再试一次。原因见日志中的 planner-failed。
