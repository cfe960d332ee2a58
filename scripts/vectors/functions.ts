/** Hand-picked calls of sprig's and Argo CD's functions. One template a line; `⏎` stands for a newline. */
export const FUNCTIONS: readonly string[] = `
{{hello}} {{default "x" .e}} {{default "x" .s}} {{.missing | default "d"}} {{default 1 0}} {{default "x"}} {{default .l .empty}}
{{empty .n}} {{empty .em}} {{empty 0}} {{empty .missing}} {{coalesce .n .e 0 "v"}} {{coalesce}} {{coalesce .n}} {{all 1 .s}} {{all}} {{any 0 .s}} {{any}} {{ternary 1 2 true}} {{.t | ternary "a" "b"}}
{{ternary 1 2 .s}}
{{ternary 1 2 1}}
{{ternary 1 2 .n}}
{{fail "stop here"}}
{{fail .s | print}}
{{typeOf .s}} {{typeOf .n}} {{typeOf 1}} {{typeOf .i}} {{typeOf .l}} {{typeOf .m}} {{typeOf (list 1)}} {{typeOf (dict)}} {{typeOf (keys .em)}} {{typeOf (until 2)}} {{typeOf (split "," "a")}} {{typeOf (semver "1.2.3")}} {{typeOf (add 1 2)}} {{typeOf (toDate "2006" "2020")}} {{typeOf (chunk 2 .l)}} {{typeOf .labels}} {{typeOf .segments}} {{typeOf (rest (list))}}
{{kindOf .s}} {{kindOf .n}} {{kindOf 1}} {{kindOf .f}} {{kindOf .l}} {{kindOf .m}} {{kindOf (semver "1.2.3")}} {{kindOf (toDate "2006" "2020")}} {{kindIs "map" .m}} {{typeIs "string" .s}} {{typeIsLike "semver.Version" (semver "1.0.0")}}
{{deepEqual 1 1}} {{deepEqual 1 1.0}} {{deepEqual .l (list "x" "y" "z")}} {{deepEqual (list) (rest (list))}} {{deepEqual .m (dict "a" 1.0 "b" 2.0 "c" "three")}} {{deepEqual nil nil}} {{deepEqual .labels .labels}}
{{$c := deepCopy .m}}{{$_ := set $c "z" 1}}{{.m}}{{$c}} {{deepCopy 1}} {{mustDeepCopy .l}}
{{abbrev 5 "hello world"}} {{abbrev 3 "hello"}} {{abbrevboth 5 10 "1234 5678 9123"}} {{abbrevboth 0 10 "1234567890123"}} {{abbrevboth 9 7 "abcdefghijklmnop"}} {{abbrevboth 3 5 "abcdefghijkl"}} {{abbrev 6 .u}}
{{trunc 3 "abcdef"}} {{trunc -3 "abcdef"}} {{trunc 10 "abc"}} {{trunc -10 "abc"}} {{trunc 0 "abc"}} {{trunc 3 .u}} {{trunc -2 .u}}
{{trunc "3" "x"}}
{{trunc .i "x"}}
{{trunc (int .i) "abcdef"}} {{trunc (.i | int) .s}}
{{trunc (add 1 2) "abcdef"}}
{{trunc 1.0 "abc"}} {{trunc 1.5 "abc"}}
{{substr 0 2 "hello"}} {{substr -1 2 "hello"}} {{substr 2 -1 "hello"}} {{substr 1 99 "hello"}}
{{substr 3 1 "hello"}}
{{substr 9 -1 "hello"}}
{{substr 9 12 "hello"}}
{{substr -1 9 "hello"}}
{{substr -1 -1 "hello"}}
{{trim "  a b⏎"}}| {{upper "aß"}} {{lower "ÀÉİ"}} {{title "hello wORLD foo-bar it's été"}} {{untitle "Hello World"}} {{swapcase "Hello wORLD 1a"}} {{nospace " a b	c "}} {{nospace "é b"}} {{initials "First Try été"}} {{repeat 3 "ab"}}
{{repeat -1 "a"}}
{{upper .u}} {{lower .u}} {{title .u}} {{swapcase .u}}
{{snakecase "FirstName"}} {{snakecase "HTTPServer"}} {{snakecase "NoHTTPS"}} {{snakecase "GO_PATH"}} {{snakecase "GO PATH"}} {{snakecase "http2xx"}} {{snakecase "HTTP20xOK"}} {{snakecase "Duration2m3s"}} {{snakecase "Bld4Floor3rd"}} {{snakecase "a.B.c"}} {{snakecase "été Été"}} {{snakecase "__a__b__"}} {{snakecase "A1"}} {{snakecase "1A"}} {{snakecase "aB1C2"}}
{{kebabcase "FirstName"}} {{kebabcase "HTTPServer"}} {{kebabcase "first_name"}} {{kebabcase "  x "}} {{kebabcase ""}} {{camelcase "http_server"}} {{camelcase "_complex__case_"}} {{camelcase "GOLANG_IS_GREAT"}} {{camelcase "some words"}} {{camelcase "a"}} {{camelcase "_"}} {{camelcase "__"}} {{camelcase "fooBar-baz"}} {{camelcase "A B"}}
{{trimall "$" "$5.00$"}} {{trimAll "ab" "abcba"}} {{trimSuffix "-x" "a-x"}} {{trimPrefix "a-" "a-x"}} {{trimSuffix "" "a"}}
{{contains "at" "cat"}} {{hasPrefix "c" "cat"}} {{hasSuffix "t" "cat"}} {{contains .n "x"}}
{{contains "x" .i}}
{{contains "x" .missing}}
{{contains "x"}}
{{contains "x" "y" "z"}}
{{"x" | contains "x" "y"}}
{{quote .s .n 1 1.5 "a\\"b" .l}} {{squote .s .n "it's"}} {{quote}} {{quote .u}} {{cat "a" 1 .n .l}} {{cat}} {{cat "%d" 1}}
{{indent 2 "a⏎b"}} {{nindent 2 "a⏎b"}} {{indent 0 ""}} {{replace " " "-" "a b c"}} {{replace "" "-" "abc"}} {{replace "a" "" "banana"}}
{{indent -1 "a"}}
{{plural "one" "many" 1}} {{plural "one" "many" 2}} {{len .l | plural "one" "many"}}
{{plural "one" "many" .i}}
{{wrap 5 "hello beautiful world"}} {{wrap 3 "hello"}} {{wrapWith 5 "|" "hello beautiful world"}} {{wrapWith 4 "" "abcdefghij"}} {{wrap 0 "a b"}} {{wrap 10 ""}} {{wrap 4 .u}}
{{toString 1}} {{toString .l}} {{toString .n}} {{toString 1.0}} {{toString .big}} {{toStrings .mixed}} {{toStrings (list 1 nil "a")}} {{toStrings "x"}} {{toStrings .n}} {{toStrings (list 1 2) | typeOf}}
{{split "," "a,b,c"}} {{(split "," "a,b")._1}} {{(split "," "a,b")._9}} {{split "" "ab"}} {{splitn "," 2 "a,b,c"}} {{splitn "," 0 "a"}} {{splitn "," -1 "a,b"}} {{splitList "," "a,b,c"}} {{splitList "" "aé"}} {{splitList "," ""}} {{splitList "," "a" | len}}
{{get (split "," "a,b") "_0"}}
{{join "," .l}} {{join "," .mixed}} {{join "," "x"}} {{join "," .n}} {{join "," (until 3)}} {{join "-" (splitList "," "a,b")}} {{join "," .segments}} {{sortAlpha .l}} {{sortAlpha .nums}} {{sortAlpha (list "b" "B" "a" "é" 1)}} {{sortAlpha "x"}} {{sortAlpha .n}} {{sortAlpha nil}}
{{list}} {{list 1 "a" nil}} {{tuple 1 2}} {{len (list)}} {{list | typeOf}} {{list | toJson}} {{rest (list 1) | toJson}} {{rest (list) | toJson}} {{initial (list 1 2)}} {{initial (list) | toJson}} {{first .l}} {{last .l}} {{first (list)}} {{last (list) | default "none"}} {{rest .l}} {{reverse .l}} {{reverse (until 3)}} {{uniq (list 1 1 1.0 "a" "a" nil nil)}} {{without .l "x" "q"}} {{without (list 1 2) 1.0}} {{has "x" .l}} {{has 4 .nums}} {{has 3.0 .nums}} {{has "x" .n}} {{has nil .mixed}} {{compact (list 0 1 "" "a" nil false)}}
{{append .l "w"}} {{push .l 1}} {{prepend .l "a"}} {{concat .l .nums (list)}} {{concat}} {{concat (list) | toJson}} {{chunk 2 .l}} {{chunk 5 .l}} {{chunk 2 (list)}} {{chunk 1 .l | toJson}} {{slice .l 1}} {{slice .l 1 2}} {{slice .l}} {{slice (list) 1}} {{slice .l "1" "2"}} {{mustSlice .l 0 1}} {{slice .segments 1}}
{{append .n 1}}
{{append "x" 1}}
{{append .m 1}}
{{prepend 1 1}}
{{first .s}}
{{first .n}}
{{last .m}}
{{rest 1}}
{{initial "x"}}
{{reverse .s}}
{{uniq 1}}
{{without "a" "b"}}
{{has 1 "x"}}
{{compact .s}}
{{chunk 0 .l}}
{{chunk -1 .l}}
{{chunk 2 .s}}
{{slice .s 1}}
{{slice .l 2 1}}
{{slice .l 1 9}}
{{slice .l -1}}
{{slice .n}}
{{concat .s}}
{{concat .n}}
{{mustFirst .s}} 
{{mustHas 1 .s}}
{{until 5}} {{until 0}} {{until -3}} {{untilStep 3 6 2}} {{untilStep 6 3 -1}} {{untilStep 1 5 0}} {{untilStep 5 1 1}} {{range until 3}}{{.}}{{end}} {{seq}} {{seq 5}} {{seq -3}} {{seq 2 5}} {{seq 5 2}} {{seq 0 2 6}} {{seq 6 -2 0}} {{seq 5 2 1}} {{seq 0 0 3}} {{seq 1 2 3 4}} {{seq 0}}
{{dict}} {{dict "a" 1 "b"}} {{dict 1 2 .n 3}} {{dict "a" nil}} {{get .m "a"}} {{get .m "zz"}}| {{hasKey .m "a"}} {{hasKey .m "zz"}} {{pluck "a" .m (dict "a" "x") (dict)}} {{pick .m "a" "zz"}} {{omit .m "a"}} {{keys .m | sortAlpha}} {{values .m | sortAlpha}} {{keys .m (dict "q" 1) | sortAlpha}} {{keys .em}} {{values .em}} {{keys (dict "one" 1)}} {{len (keys .m)}} {{dict "a" 1 | toJson}}
{{$d := dict "a" 1}}{{$_ := set $d "b" 2}}{{$d}}{{$_ := unset $d "a"}}{{$d}} {{set (dict) "x" .n}} {{set .n "x" 1}}
{{set nil "x" 1}}
{{unset nil "x"}} {{hasKey nil "x"}} {{get nil "x"}}| {{keys nil}} {{pick nil "a"}}
{{hasKey .n "x"}}
{{hasKey .missing "x"}}
{{hasKey .l "x"}}
{{hasKey .labels "env"}}
{{get .m 1}}
{{keys .l}}
{{keys 1}}
{{dig "a" "b" "c" "def" $}} {{dig "a" "zz" "def" .}} {{dig "a" "n" "def" .}} {{dig "x" 1 (dict)}}
{{dig "s" "x" "def" .}}
{{dig "a" "n" "x" "def" .}}
{{dig "a" .}}
{{dig 1 2 .}}
{{dig "a" "d" .n}}
{{dig "a" "d" .labels}}
{{merge (dict "a" 1) (dict "a" 2 "b" 3)}} {{mergeOverwrite (dict "a" 1) (dict "a" 2 "b" 3)}} {{merge (dict "a" (dict "x" 1)) (dict "a" (dict "x" 2 "y" 3))}} {{mergeOverwrite (dict "a" (dict "x" 1)) (dict "a" (dict "x" 2 "y" 3))}} {{merge (dict "a" "") (dict "a" "b")}} {{merge (dict "a" nil) (dict "a" "b")}} {{merge (dict "a" (list 1)) (dict "a" (list 2))}} {{mergeOverwrite (dict "a" (list 1)) (dict "a" (list))}} {{mergeOverwrite (dict "a" 1) (dict "a" nil)}} {{mergeOverwrite (dict "a" 1) (dict "a" "")}} {{merge (dict "a" 0) (dict "a" false)}} {{merge (dict "a" "s") (dict "a" (dict "x" 1))}} {{merge (dict "a" (dict "x" 1)) (dict "a" "s")}} {{mergeOverwrite (dict "a" (dict "x" 1)) (dict "a" "s")}} {{mergeOverwrite (dict "a" "s") (dict "a" (dict "x" 1))}} {{merge (dict "a" (dict)) (dict "a" (dict "x" 1))}} {{merge (dict) (dict "a" (list 1))}} {{merge (dict "b" 1) (dict "a" (list 1))}} {{mergeOverwrite (dict "a" "x") (dict "a" (list 1))}} {{mergeOverwrite (dict "a" (list 1)) (dict "a" "x")}} {{merge (dict)}} {{merge (dict "a" 1) (dict "b" 2) (dict "a" 3 "c" 4)}} {{mustMerge (dict "a" 1) (dict "b" 2)}} {{mustMergeOverwrite (dict "a" 1) (dict "a" 2)}} {{merge (dict "a" (dict "n" nil)) (dict "a" (dict "n" 1))}} {{mergeOverwrite (dict "a" (dict)) (dict "a" (dict))}} {{mergeOverwrite (dict "a" (dict "x" 1)) (dict "a" (dict))}}
{{$a := dict "x" (dict "y" 1)}}{{$b := dict "x" (dict "z" 2)}}{{$_ := merge $a $b}}{{$a}}{{$b}}{{$_ := mergeOverwrite $a (dict "x" (dict "y" 9))}}{{$a}}
{{merge .n (dict)}}
{{merge .l (dict)}}
{{add 1 2 3}} {{add}} {{add "5" 1.9 true .n}} {{add1 4}} {{sub 5 3}} {{mul 2 3 4}} {{div 7 2}} {{div -7 2}} {{mod 7 3}} {{mod -7 3}} {{add "x" 1}} {{add "0x10" "010" "08" "1.0" "1.00" "1.5" "1." ""}} {{add .i .f}} {{mul 9223372036854775807 2}} {{add1 9223372036854775807}} {{sub .big 1}}
{{div 1 0}}
{{mod 1 0}}
{{div 1 "x"}}
{{max 1 2 3}} {{min 3 1 2}} {{biggest 1 "7"}} {{maxf 1 2.5}} {{minf 1.5 "0.5"}} {{max}}
{{ceil 1.2}} {{floor 1.8}} {{floor -1.2}} {{ceil "2.1"}} {{round 123.555555 3}} {{round 123.5 0}} {{round 2.5 0}} {{round -2.5 0}} {{round 1.25 1 0.6}} {{round "1.456" 2}} {{round 1000000 0}} {{floor .big}} {{round 123 -1}}
{{round 1.5}}
{{round 1.5 "x"}}
{{add1f 1.1}} {{addf 1.1 2.2}} {{subf 1.5 0.1}} {{mulf 1.1 1.1}} {{divf 1 3}} {{divf 10 4}} {{addf}} {{addf 0.1 0.2}} {{subf 1}} {{divf 2 3 7}} {{mulf 1e10 1e15}} {{divf -1 3}}
{{divf 1 0}}
{{int "12"}} {{int 1.9}} {{int -1.9}} {{int "1.9"}} {{int .n}} {{int true}} {{int .l}} {{int64 .big}} {{int64 "0b11"}} {{int64 .huge}} {{float64 "1.5"}} {{float64 "x"}} {{float64 3}} {{float64 true}} {{float64 "1e400"}} {{float64 "inf"}} {{int (float64 "nan")}} {{atoi "12"}} {{atoi "x"}} {{atoi "1.5"}} {{atoi "+5"}} {{atoi "99999999999999999999"}} {{atoi ""}} {{atoi " 1"}} {{toDecimal "777"}} {{toDecimal 10}} {{toDecimal "8"}} {{toDecimal "0o7"}} {{int64 .i | printf "%d"}} {{.big | int64}} {{.big | int | toString}} {{.big}}
{{atoi .i}}
{{b64enc "héllo"}} {{b64dec "aMOpbGxv"}} {{b64dec "aGk="}} {{b64dec "aGk"}} {{b64dec "!!!!"}} {{b64dec "aGk=="}} {{b64dec "aGk=x"}} {{b64dec "a"}} {{b64dec ""}} {{b64dec "aGVsbG8gd29y⏎bGQ="}} {{b64dec "aGk=aGk="}} {{b64dec "=aGk"}} {{b64dec "aa=a"}} {{b64dec "YWJj_"}} {{b64dec "YWJjZA="}} {{b64dec "/w=="}} {{b64dec "wyg="}}
{{b32enc "hello"}} {{b32enc "a"}} {{b32dec "NBSWY3DP"}} {{b32dec "ME======"}} {{b32dec "ME"}} {{b32dec "me======"}} {{b32dec "1"}} {{b32enc ""}} {{b32dec ""}} {{b32dec "MFRGG==="}} {{b32dec "MFRGGZA="}}
{{sha1sum "a"}} {{sha256sum "é"}} {{sha512sum ""}} {{adler32sum "Wikipedia"}} {{adler32sum ""}} {{decryptAES "secretkey" "30tEfhuJSVRhpG97XCuWgz2okj7L8vQ1s6V9zVUPeDQ="}} {{decryptAES "x" ""}}
{{decryptAES "x" "zzz"}}
{{toJson .}} 
{{toJson .html}} {{toRawJson .html}} {{toPrettyJson .m}} {{toPrettyJson .em}} {{toPrettyJson (list)}} {{toPrettyJson .mixed}} {{toJson .u}} {{toJson .big}} {{toJson .small}} {{toJson .huge}} {{toJson 1e21}} {{toJson 1e-7}} {{toJson 0.000001}} {{toJson "\\u2028\\x01\\x7f\\t"}} {{toJson .n}} {{toJson .labels}} {{toJson (semver "1.2.3")}} {{toJson (toDate "2006-01-02" "2020-03-04")}} {{mustToJson .l}} {{mustToPrettyJson .l}} {{mustToRawJson .l}} {{toJson -0.0}} {{toJson (float64 "nan")}}|
{{mustToJson (float64 "inf")}}
{{toRawJson (float64 "inf")}}
{{fromJson .json}} {{(fromJson .json).c}} {{fromJson "bad"}} {{fromJson "1"}} {{fromJson "\\"x\\""}} {{fromJson "null"}} {{fromJson "[1,2]"}} {{mustFromJson "{\\"a\\":1}"}} {{fromJson "1e6"}} {{fromJson " [ ] "}} {{fromJson "{\\"a\\":1,\\"a\\":2}"}}
{{mustFromJson ""}}
{{mustFromJson "bad"}}
{{mustFromJson "{"}}
{{mustFromJson "{a:1}"}}
{{mustFromJson "[1,]"}}
{{mustFromJson "[1 2]"}}
{{mustFromJson "{\\"a\\" 1}"}}
{{mustFromJson "{\\"a\\":1 \\"b\\"}"}}
{{mustFromJson "01"}}
{{mustFromJson "1."}}
{{mustFromJson "1e"}}
{{mustFromJson "-"}}
{{mustFromJson "tru"}}
{{mustFromJson "trux"}}
{{mustFromJson "\\"\\\\q\\""}}
{{mustFromJson "\\"\\\\u12\\""}}
{{mustFromJson "\\"a⏎\\""}}
{{mustFromJson "1e999"}}
{{mustFromJson "1 2"}}
{{mustFromJson "'x'"}}
{{mustFromJson "é"}}
{{regexMatch "^[a-z]+$" "abc"}} {{regexMatch "(" "x"}} {{regexFind "[a-z]+" "12abc34"}} {{regexFind "x" "abc"}}| {{regexFindAll "[2,4,6,8]" "123456789" -1}} {{regexFindAll "a" "aaa" 2}} {{regexFindAll "z" "aaa" -1}} {{regexFindAll "z" "a" -1 | toJson}} {{regexFindAll "a*" "baac" -1 | toJson}} {{regexReplaceAll "a(x*)b" "-ab-axxb-" "\${1}W"}} {{regexReplaceAll "a(x*)b" "-ab-axxb-" "$1W"}} {{regexReplaceAllLiteral "a(x*)b" "-ab-axxb-" "$1"}} {{regexReplaceAll "(?P<n>b+)" "abbc" "<\${n}$$>"}} {{regexReplaceAll "" "abc" "-"}} {{regexReplaceAll "x*" "axxb" "-"}} {{regexSplit "z+" "pizza" -1}} {{regexSplit "" "abc" -1}} {{regexSplit "," "" -1 | toJson}} {{regexSplit "," "a,b,c" 2}} {{regexSplit "," "a" 0 | toJson}} {{regexQuoteMeta "a.b*c[d]\\\\-"}} {{mustRegexMatch "a" "b"}} {{mustRegexFind "b+" "abbc"}} {{mustRegexReplaceAll "b" "abc" "x"}} {{mustRegexSplit "b" "abc" -1}} {{mustRegexFindAll "." "abc" 2}} {{mustRegexReplaceAllLiteral "b" "abc" "$"}}
{{regexFind "(" "x"}}
{{mustRegexMatch "(" "x"}}
{{mustRegexFind "a**" "x"}}
{{regexFind "[z-a]" "x"}}
{{regexFind "(?=x)" "x"}}
{{regexFind "\\\\1" "x"}}
{{regexFind "a{1001}" "x"}}
{{regexReplaceAll "(?i)HELLO" "Hello hello" "x"}} {{regexReplaceAll "(?m)^l" "line⏎line" "X"}} {{regexReplaceAll "(?s)a.b" "a⏎b" "X"}} {{regexReplaceAll "a.b" "a⏎b" "X"}} {{regexFind "(?U)a+" "aaa"}} {{regexFind "a+?" "aaa"}} {{regexFind "\\\\bfoo\\\\b" "a foo b"}} {{regexFind "\\\\pL+" "1été2"}} {{regexFind "\\\\p{Greek}+" "abγδ"}} {{regexFind "[[:alpha:]]+" "12ab"}} {{regexFind "[^[:space:]]+$" "a b"}} {{regexFind "\\\\Qa.b\\\\E" "xa.b"}} {{regexFind "a|ab" "ab"}} {{regexFind "(a|ab)(c|bcd)" "abcd"}} {{regexFind "\\\\d{2,3}" "12345"}} {{regexFind "x{2}" "axxx"}} {{regexFind "[\\\\d-]+" "a1-2"}} {{regexFind "\\\\x41\\\\x{42}" "AB"}} {{regexFind "(?i)straſe" "STRASE"}} {{regexFind "^$" ""}}| {{regexFindAll "\\\\b" "ab cd" -1 | len}} {{regexFind "(a*)*" "b"}}| {{regexFind "(a*)+" "aab"}} {{regexReplaceAll "(^|[^a])a" "aaba" "X"}} {{regexFind "\\\\Aab\\\\z" "ab"}} {{regexFind "[^a]" "aé"}} {{regexFindAll "." .u 3}} {{regexFind "(?:ab){2}" "ababab"}} {{regexFind "a{,2}" "a{,2}"}} {{regexFind "[a\\\\]]+" "]a"}} {{regexFind "[]a]+" "]a"}} {{regexReplaceAll "(.)(.)" "abcd" "$2$1"}} {{regexReplaceAll "(.)" "ab" "$1x"}} {{regexReplaceAll "(.)" "ab" "\${1}x$2\${"}}
{{semver "1.2.3"}} {{(semver "v1.2.3-beta.1+meta").Major}} {{(semver "v1.2.3-beta.1+meta").Prerelease}} {{(semver "v1.2").Original}} {{semver "v1.2"}} {{(semver "1.2.3+m").Metadata}} {{(semver "1.2.3").IncMajor}} {{(semver "v1.2.3-a").IncPatch.Original}} {{(semver "1.2.3").Minor | typeOf}} {{printf "%s %v %q" (semver "1.2") (semver "1") (semver "1")}} {{semver "01.2.3"}}
{{semver "x"}}
{{semver "1.2.3.4"}}
{{semver "1.2.3-01"}}
{{semver "1.2.3-"}}
{{semver ""}}
{{semver "99999999999999999999.1.1"}}
{{(semver "1.2.3").Foo}}
{{(semver "1.2.3").Major 1}}
{{semverCompare "^1.2.0" "1.4.2"}} {{semverCompare "x" "1.0.0"}}
{{semverCompare "=>" "1.0.0"}}
{{semverCompare ">=1" "x"}}
{{semverCompare "" "1.2.3"}}
{{semverCompare "^1.2 || bad" "1.2.3"}}
{{semverCompare ">=1.0.0-a.01" "1.2.3"}}
{{urlParse .url}} {{urlParse "http://u@h:80/p?q#f"}} {{urlParse "mailto:a@b"}} {{urlParse "/p/q?x"}} {{urlParse "//h/p"}} {{urlParse "http://[::1]:80/"}} {{urlParse ""}} {{urlParse "*"}} {{urlParse "HTTP://H/%41?%zz"}} {{urlParse "git@github.com/x"}} {{urlParse "a?b=c#d%20e"}}
{{urlParse ":x"}}
{{urlParse "http://a b/"}}
{{urlParse "a%zz"}}
{{urlParse "http://h:x/"}}
{{urlParse "git@github.com:org/repo.git"}}
{{urlParse "1:2"}}
{{urlParse "http://[::1"}}
{{urlParse "a\\x01"}}
{{urlJoin (dict "scheme" "http" "host" "h" "path" "/a b" "query" "q=1" "fragment" "f g" "userinfo" "u:p")}} {{urlJoin (dict "host" "h" "path" "p")}} {{urlJoin (dict "path" "a:b")}} {{urlJoin (dict "opaque" "x" "scheme" "s")}} {{urlJoin (dict)}} {{urlParse .url | urlJoin}} {{urlJoin (dict "scheme" "file" "path" "/x")}}
{{urlJoin (dict "host" 1)}}
{{base "a/b/c.txt"}} {{base ""}} {{base "/"}} {{base "a/"}} {{dir "a/b/c"}} {{dir ""}} {{dir "/"}} {{dir "a"}} {{clean "a/../b//c/./d"}} {{clean ""}} {{clean "/../a"}} {{clean "../../a"}} {{clean "a/.."}} {{ext "a.tar.gz"}} {{ext "a"}} {{ext "a.b/c"}} {{isAbs "/a"}} {{isAbs "a"}} {{osBase "a/b"}} {{osDir "a/b"}} {{osClean "a//b"}} {{osExt "x.y"}} {{osIsAbs "/"}}
{{date "2006-01-02" (toDate "2006-01-02" "2020-03-04")}} {{date "Mon Jan _2 15:04:05 2006" 1000000000}} {{date "2006-01-02T15:04:05Z07:00" 0}} {{dateInZone "2006-01-02 15:04 -0700" 1600000000 "Europe/Berlin"}} {{dateInZone "15:04 MST" 0 "UTC"}} {{dateInZone "15:04" 0 "No/Where"}} {{htmlDate 86400}} {{htmlDateInZone 0 "America/New_York"}} {{date_in_zone "2006" 0 "UTC"}} {{date "January Monday 1 2 3 4 5 03 04 05 PM pm 06 002 __2 .000 .999 -07 -07:00 Z0700 MST" 1234567890}} {{date "2006-01-02" (int64 .big)}}
{{toDate "2006-01-02" "bad"}} {{toDate "2006-01-02 15:04:05" "2020-02-29 12:30:45"}} {{toDate "2006-01-02T15:04:05Z07:00" "2020-02-29T12:30:45+02:00"}} {{toDate "Jan 2, 2006 at 3:04pm" "Feb 3, 2013 at 7:54pm"}} {{toDate "2006-01-02 15:04:05.000" "2020-02-29 12:30:45.123"}} {{toDate "2006-01-02 15:04:05" "2020-02-29 12:30:45.5"}} {{(toDate "2006-01-02" "2020-03-04").Year}} {{(toDate "2006-01-02" "2020-03-04").Format "02.01.06"}} {{(toDate "2006-01-02" "2020-03-04").Unix}} {{unixEpoch (toDate "2006-01-02" "2020-03-04")}} {{dateModify "-1.5h" (toDate "2006-01-02" "2020-03-04")}} {{date_modify "bad" (toDate "2006-01-02" "2020-03-04")}} {{mustDateModify "24h" (toDate "2006-01-02" "2020-03-04")}} {{must_date_modify "1ns" (toDate "2006" "2020")}} {{mustToDate "06" "70"}} {{(toDate "2006" "0001").IsZero}}
{{mustToDate "2006-01-02" "bad"}}
{{mustToDate "2006-01-02" "2020-13-01"}}
{{mustToDate "2006-01-02" "2020-02-30"}}
{{mustToDate "2006-01-02" "2020-01-02x"}}
{{mustToDate "2006-01-02" "2020/01/02"}}
{{mustToDate "15:04" "25:00"}}
{{mustDateModify "bad" (toDate "2006" "2020")}}
{{mustDateModify "1" (toDate "2006" "2020")}}
{{mustDateModify "1x" (toDate "2006" "2020")}}
{{dateModify "1h" .s}}
{{unixEpoch 1}}
{{unixEpoch nil}}
{{duration "90"}} {{duration (int64 3661)}} {{duration 90}} {{duration "x"}} {{duration .n}} {{duration "-5"}} {{durationRound "2h10m5s"}} {{durationRound "26h"}} {{durationRound "1000h"}} {{durationRound "10000h"}} {{durationRound "90s"}} {{durationRound "0.5s"}} {{durationRound "-90m"}} {{durationRound (int64 5000000000)}} {{durationRound "x"}} {{durationRound 5}} {{durationRound "1h"}}
{{normalize "My_App Name!"}} {{normalize "-a.b-"}} {{normalize "ÀB"}} {{normalize ""}} {{normalize .u}} {{slugify "My App_Name.v1"}} {{slugify 10 "My App Name Long"}} {{slugify 10 false "My App Name Long"}} {{slugify 10 true "My App Name Long"}} {{slugify 3 "longword"}} {{slugify 0 "abc def"}} {{slugify 0 false "abc"}}| {{slugify ""}} {{slugify}} {{slugify 8 false "a---b---c---d"}} {{slugify "feature/JIRA-123_thing.with.dots--and---dashes-and-more-than-fifty-characters"}} {{slugify 50 false "x"}} {{.name | slugify 8 true}} {{normalize (repeat 60 "abcde")| len}} {{slugify 200 (repeat 30 "abc-d.e_f ")}}
{{slugify "10" "x"}}
{{slugify 1 1 "x"}}
{{slugify 1 true 5}}
{{slugify .i "x"}}
{{slugify .n}}
{{slugify -1 false "abc"}}
{{normalize .i}}
{{toYaml .}}
{{toYaml .m}} {{toYaml .l}} {{toYaml .s}} {{toYaml .n}} {{toYaml .em}} {{toYaml .empty}} {{toYaml .mixed}} {{toYaml .apps}} {{toYaml 1}} {{toYaml .big}} {{toYaml .huge}} {{toYaml .small}} {{toYaml "a: b"}} {{toYaml .multi}} {{toYaml .u}} {{toYaml .labels}} {{toYaml (list (list 1 (list 2)) (dict "a" (list (dict "b" 1 "c" (list)))))}}
{{fromYaml .yaml}} {{(fromYaml .yaml).b}} {{fromYaml ""}} {{fromYaml "a: 1e3⏎b: 0x10⏎c: 1_000⏎d: 2001-01-01⏎e: 12:30:45⏎f: +1⏎g: .5⏎h: 'x'⏎i: on⏎j: ~⏎k: 0o7⏎l: 017"}} {{fromYamlArray "- 1⏎- a⏎- {b: c}"}} {{fromYamlArray ""}} {{fromYaml "a: &x {b: 1}⏎c: *x⏎d: {<<: *x, e: 2}"}} {{fromYaml "1: a⏎true: b⏎2.5: c"}} {{fromYaml "a: |⏎  x⏎  y⏎b: >⏎  p⏎  q"}} {{fromYaml (toYaml .m)}} {{toYaml (fromYaml .yaml)}} {{fromYaml .json}}
{{fromYaml "- a"}}
{{fromYaml "x"}}
{{fromYaml "1"}}
{{fromYamlArray "a: b"}}
{{fromYamlArray "true"}}
{{fromYaml .n}}
{{now}}
{{env "HOME"}}
{{range $k := keys .m | sortAlpha}}{{$k}}{{end}}
{{range $i, $e := until 3}}{{$i}}{{$e}}{{end}}
{{range $s := splitList "," "a,b"}}{{$s}}{{end}} {{range split "," "a,b"}}{{.}}{{end}} {{range list 1 "a" nil}}[{{.}}]{{end}} {{range dict "b" 1 "a" 2}}{{.}}{{end}} {{range add 1 2}}{{.}}{{end}}
{{range chunk 2 .l}}{{range .}}{{.}}{{end}};{{end}} {{index (chunk 2 .l) 0 1}} {{index (until 3) 1 | typeOf}} {{(first .apps).name}} {{with first (list)}}x{{else}}none{{end}} {{(list (dict "a" 1) | first).a}} {{(get .m "zz").x}}
{{(first (list)).x}}
{{(coalesce).x}}
{{printf "%v|%s|%d|%q|%#v|%T" (until 2) (until 2) (until 2) (until 2) (until 2) (until 2)}} {{printf "%v|%#v|%T" (split "," "a") (split "," "a") (split "," "a")}} {{printf "%#v" (chunk 2 .l)}} {{printf "%#v %#v" (rest (list)) (list)}} {{printf "%d %x" (add 1 254) (add 1 254)}} {{printf "%v %s" (toDate "2006" "2020") (toDate "2006" "2020")}} {{print (toDate "2006" "2020") (semver "1.0.0") 1}}
{{eq (add 1 2) 3}} {{eq (len .l) (int .i)}} {{eq "a" (first (list "a"))}} {{lt (add 1 1) 3}} {{eq (semver "1.0.0").Major 1}} {{gt (semver "2.0.0").Major 1}}
{{eq (add 1 2) 3.0}}
{{eq (semver "1.0.0") (semver "1.0.0")}}
{{eq (list) (list)}}
{{index (dict "a" 1) "a"}} {{index (split "," "a") "zz"}}| {{index (list 1 2) (add 0 1)}} {{index .l (int "1")}} {{len (until 4)}} {{len (split "," "a,b")}}
{{index (until 3) 9}}
{{.s | trunc 2 | upper | quote}} {{.l | join "," | replace "," "+"}} {{list .s .i | toJson | b64enc | b64dec}} {{.name | lower | replace "_" "-" | trunc 63 | trimSuffix "-"}}
`
  .split('\n')
  .slice(1, -1)
  .map((line) => line.replaceAll('⏎', '\n'));
