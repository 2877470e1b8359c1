# 照片、文件、语音和位置。
attachment-photo = 照片
attachment-video = 视频
attachment-voice = 语音
attachment-file = 文件
attachment-location = 位置

attachment-count =
    { $album ->
        [yes] 📎 这组照片
       *[no] 📎 { $count } 个附件
    }
attachment-place = 📍 { $latitude }, { $longitude }
attachment-whose =
    { $album ->
        [yes] 已保存。这些是谁的？点选名字，或直接输入。
       *[no] { $count ->
            [1] 已保存。这是谁的？点选名字，或直接输入。
           *[other] 已保存 { $count } 个。是谁的？点选名字，或直接输入。
        }
    }
voice-kept = 语音已保存，但我听不懂语音。用键盘的听写输入，我就能看懂。
attachment-below = 见下方 ↓
attachment-dropped = 已放弃，不归入任何客户。
attachment-added =
    { $count ->
        [1] 📎 已添加到 { $name }
       *[other] 📎 已添加 { $count } 个到 { $name }
    }{ $kind ->
        [none] {""}
       *[other] {" "}· { $kind }
    }
attachment-too-large = 文件超过 { $limit } MB，无法保存。请发小一点的文件，或发链接。
place-not-understood = 没看懂这个位置，请再发一次。

attachment-sent =
    { $name ->
        [none] { $kind }
       *[other] { $name }
    } · { DAY($at) }{ $by ->
        [none] {""}
       *[other] {" "}· { $by }
    }
attachment-sent-place = 📍 { $latitude }, { $longitude } · { DAY($at) }{ $by ->
        [none] {""}
       *[other] {" "}· { $by }
    }
attachment-sent-not =
    { $name ->
        [none] { $kind }
       *[other] { $name }
    } · { DAY($at) }：{ $state }
attachment-waiting = 还在接收，请稍后再试
attachment-removed = 已不再保存
attachment-not-kept =
    { $name ->
        [none] { $kind }未保存
       *[other] { $name } 未保存
    }：{ $reason }
attachment-lying =
    { $name ->
        [none] { $kind }已作为普通文件保存
       *[other] { $name } 已作为普通文件保存
    }：内容与类型不符，打开前请当心。
attachment-refused-too-large = 超过 { $limit } MB
attachment-refused-empty = 文件是空的
attachment-refused-gone = 聊天平台上已找不到，请再发一次
attachment-refused-forbidden = 聊天平台不允许我读取，请管理员检查权限
attachment-refused-out-of-reach = 一直没能从聊天平台取到，请再发一次
attachments-none = 这里没有附件。
picture-attachment = { $name }

button-attachments = 📎 { $count }
action-attachment-added = 添加附件
said-attachment-not-kept = 未保存的文件
said-attachment-lying = 内容与类型不符的文件
