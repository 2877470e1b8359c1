# Taking in an exported file: what an operator reads on the command line.
import-refused =
    Line { $line }: { $why ->
        [no-text] this is not UTF-8 text; it should be a file that guanxi export wrote
        [not-json] this is not JSON: { $value }
        [no-object] a line must be one object in braces: { $value }
        [unknown-type] nothing of the type “{ $value }” can be taken in
        [unknown-field] there is no field “{ $field }” here
        [missing] “{ $field }” is missing
        [wrong-value] “{ $field }” cannot be { $value }
        [twice] { $field } { $value } stands in the file twice
        [not-there] { $field } { $value } is not in the file
        [taken] somebody has { $field } { $value } already
       *[other] this line cannot be read
    }. Nothing was changed.
imported-before = This file was taken in on { DATE($at) } already; a second time everything in it would be there twice. If that is what you want: guanxi import FILE --again. Nothing was changed.
