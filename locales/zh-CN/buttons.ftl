# 各处共用的按钮。
button-save = 保存
button-save-all = 全部保存
button-cancel = 取消
button-undo = 撤销
button-done = 完成
button-details = 详情
button-back = 返回
button-more = 更多
button-yes = 是
button-no = 否
button-edit = 修改
button-send = 发送
button-accept = 接受
button-pass-on = 转给别人
button-approve = 同意
button-reply = 回复
button-take = 接单
button-snooze-hour = 1小时后提醒
button-tomorrow = 明天
button-reschedule = 改时间
button-log-call = 记录通话
button-open-form = 打开表单
button-show-me = 给我看
button-skip = 跳过

picture-qr = 二维码
