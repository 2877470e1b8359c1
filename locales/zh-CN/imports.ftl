# 导入导出文件：运维在命令行看到的话。
import-refused =
    第 { $line } 行：{ $why ->
        [no-text] 不是 UTF-8 文本，请确认是 guanxi export 导出的文件
        [not-json] 不是 JSON：{ $value }
        [no-object] 每行应是一个花括号里的对象：{ $value }
        [unknown-type] 不能导入类型“{ $value }”
        [unknown-field] 没有字段“{ $field }”
        [missing] 缺少“{ $field }”
        [wrong-value] “{ $field }”不能是 { $value }
        [twice] { $field } { $value } 在文件里出现了两次
        [not-there] 文件里没有 { $field } { $value }
        [taken] { $field } { $value } 已经有人占用
       *[other] 这一行读不懂
    }。没有改动任何数据。
imported-before = 这个文件在 { DATE($at) } 已经导入过，再导入一次，里面的数据都会重复。确实需要时：guanxi import 文件 --again。没有改动任何数据。
