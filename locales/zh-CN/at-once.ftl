# 没有疑问时，不出卡片，直接保存。
at-once-offer = 你连续 { $count } 张卡片都没有改过就保存了。以后没有疑问的直接保存，好吗？照样可以撤销。
at-once-yes = 好，直接保存
at-once-no = 不，先看卡片
at-once-yes-said = 好的，没有疑问的直接保存，有疑问的还是先出卡片。可以在“设置”里改回来。
at-once-no-said = 好的，还是先出卡片。可以在“设置”里更改。
at-once-line =
    { $on ->
        [yes] 没有疑问的记录：直接保存
       *[no] 记录：先出卡片
    }
at-once-on-button = 直接保存
at-once-off-button = 先出卡片
