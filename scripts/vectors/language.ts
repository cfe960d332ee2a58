/** Hand-picked cases of the language and its builtin functions. One template a line; `⏎` stands for a newline. */
export const LANGUAGE: readonly string[] = `
plain
{{.s}}
{{ .s }}
{{- .s -}}
a  {{- .s -}}  b
a {{- /* c */ -}} b
{{/* c */}}x
{{ /* c */ }}
{{/* unclosed
{{/* c */ }}
{{- /* c */ -}}
{{.s}} {{.i}} {{.f}} {{.big}} {{.huge}} {{.small}} {{.neg}} {{.t}} {{.n}} {{.l}} {{.m}} {{.mixed}} {{.a}}
{{.missing}}
{{.missing.deeper}}
{{.a.b.c}}
{{.a.n.x}}
{{.s.x}}
{{.i.x}}
{{.l.x}}
{{(.s).x}}
{{$.a.b.c}}
{{$x := .a}}{{$x.b.c}}
{{$x := .s}}{{$x.y}}
{{with .a}}{{.b.c}}{{$.s}}{{end}}
{{with .missing}}x{{else}}none{{end}}
{{with .missing}}x{{else with .s}}{{.}}{{end}}
{{with .missing}}x{{else with .n}}{{.}}{{else}}e{{end}}
{{with $x := .s}}{{$x}}{{.}}{{end}}
{{if .t}}yes{{end}}
{{if .no}}yes{{else}}no{{end}}
{{if .no}}a{{else if .t}}b{{else}}c{{end}}
{{if .no}}a{{else if .e}}b{{else}}c{{end}}
{{if not .n}}nil{{end}}
{{if .empty}}x{{else}}empty{{end}}
{{if .em}}x{{else}}empty{{end}}
{{if .zero}}x{{else}}zero{{end}}
{{if and .t .s}}x{{end}}
{{if or .no .e .s}}x{{end}}
{{range .l}}[{{.}}]{{end}}
{{range $i, $v := .l}}{{$i}}={{$v}} {{end}}
{{range $v := .l}}{{$v}}{{end}}
{{range $k, $v := .m}}{{$k}}={{$v}};{{end}}
{{range .m}}{{.}}{{end}}
{{range .empty}}x{{else}}none{{end}}
{{range .missing}}x{{else}}none{{end}}
{{range .n}}x{{else}}none{{end}}
{{range .s}}x{{end}}
{{range .i}}x{{end}}
{{range .t}}x{{end}}
{{range 3}}{{.}}{{end}}
{{range $i := 3}}{{$i}}{{end}}
{{range $i, $j := 3}}{{$i}}{{end}}
{{range 0}}x{{else}}none{{end}}
{{range -2}}x{{else}}none{{end}}
{{range 1.5}}x{{end}}
{{range "abc"}}x{{end}}
{{range .l}}{{if eq . "y"}}{{break}}{{end}}{{.}}{{end}}
{{range .l}}{{if eq . "y"}}{{continue}}{{end}}{{.}}{{end}}
{{range .l}}{{with .}}{{break}}{{end}}{{.}}{{else}}e{{end}}
{{range $i, $e := .apps}}{{$e.name}}:{{$e.replicas}}{{range $k, $v := $e.labels}}{{$k}}{{$v}}{{else}}-{{end}}{{end}}
{{range .apps}}{{.name}}{{.x}}{{end}}
{{range .l}}{{.x}}{{end}}
{{range $x := .l}}{{$x.y}}{{end}}
{{$v := 1}}{{range .l}}{{$v = .}}{{end}}{{$v}}
{{$v := 1}}{{range $v = .l}}{{end}}{{$v}}
{{$i := 1}}{{$v := 2}}{{range $i, $v = .l}}{{end}}{{$i}}{{$v}}
{{$v := 1}}{{if .t}}{{$v := 2}}{{$v}}{{end}}{{$v}}
{{$v := 1}}{{if .t}}{{$v = 2}}{{end}}{{$v}}
{{$v = 1}}
{{$undefined}}
{{$x := }}
{{break}}
{{continue}}
{{range .l}}{{template "t"}}{{end}}{{define "t"}}{{break}}{{end}}
{{define "t"}}<{{.}}>{{end}}{{template "t" .s}}{{template "t" .i}}{{template "t"}}
{{define "t"}}{{$.s}}{{end}}{{template "t" .}}
{{define "t"}}{{$x}}{{end}}{{$x := 1}}{{template "t" .}}
{{block "b" .s}}[{{.}}]{{end}}
{{block "b" .}}{{.s}}{{end}}{{define "b"}}other{{end}}
{{define "b"}}other{{end}}{{block "b" .}}{{.s}}{{end}}
{{define "a"}}1{{end}}{{define "a"}}2{{end}}
{{define "a"}}{{end}}{{define "a"}}2{{end}}{{template "a"}}
{{template "missing"}}
{{template "t" .s .t}}
{{template t}}
{{template}}
{{define}}{{end}}
{{define "x" .}}{{end}}
{{define "x"}}
{{if .t}}{{define "x"}}{{end}}{{end}}
{{define "base"}}x{{end}}
{{define "base"}}x{{end}}y
{{define "r"}}{{if gt (len .) 1}}{{template "r" (slice . 1)}}{{end}}{{index . 0}}{{end}}{{template "r" .l}}
{{else}}
{{end}}
{{if}}x{{end}}
{{if .t}}
{{if .t}}x{{else}}y{{else}}z{{end}}
{{if .t}}{{else if}}{{end}}
{{range}}{{end}}
{{with}}{{end}}
{{range $a, $b, $c := .l}}{{end}}
{{range $a, b := .l}}{{end}}
{{range $a, := .l}}{{end}}
{{$a, $b := .l}}
{{}}
{{ }}
{{|}}
{{.s | }}
{{| .s}}
{{.s | 1}}
{{.s | "x"}}
{{.s | .}}
{{.s | nil}}
{{.s | true}}
{{nil}}
{{nil | print}}
{{print nil}}
{{nil.x}}
{{(nil).x}}
{{true}}{{false}}
{{true.x}}
{{1.x}}
{{"x".y}}
{{.x.}}
{{..}}
{{. .}}
{{.s .i}}
{{.s.x .i}}
{{.i | .s}}
{{1 2}}
{{"a" "b"}}
{{$ | $}}
{{$.s | print}}
{{printf "%v" .s | printf "%s-%s" "a"}}
{{printf "%d" 1 | len}}
{{.s | len | printf "%03d"}}
{{(.a).b.c}}
{{(index .apps 0).name}}
{{(index .apps 0).labels.tier}}
{{((index .apps 1)).name}}
{{(.s)}}
{{(.s}}
{{.s)}}
{{()}}
{{(1) 2}}
{{(print) | len}}
{{undefined}}
{{undefined .s}}
{{.s | undefined}}
{{print.x}}
{{len.x}}
{{"unclosed}}
{{"new⏎line"}}
{{\`raw\`}}
{{\`raw⏎line\`}}
{{\`raw}}
{{'a'}}{{'\\n'}}{{'世'}}
{{'ab'}}
{{''}}
{{'a}}
{{"\\t\\n\\x41\\u00e9\\U0001F600\\101\\"\\\\"}}
{{"\\q"}}
{{"\\'"}}
{{'\\''}}
{{'\\"'}}
{{"\\xff"}}
{{"\\ud800"}}
{{1}} {{-1}} {{+1}} {{0x1F}} {{0b101}} {{0o17}} {{017}} {{1_000}} {{0x_ff}}
{{1.5}} {{1.0}} {{1e3}} {{1e21}} {{1E-7}} {{.5}} {{5.}} {{-0.0}} {{0x1p4}} {{1_0.2_5}}
{{1e1000}}
{{9223372036854775807}}
{{9223372036854775808}}
{{-9223372036854775808}}
{{-9223372036854775809}}
{{18446744073709551615}}
{{18446744073709551616}}
{{0xFFFFFFFFFFFFFFFF}}
{{1__0}}
{{_1}}
{{1_}}
{{0x}}
{{0b2}}
{{08}}
{{1a}}
{{1.2.3}}
{{1..2}}
{{+}}
{{-}}
{{--1}}
{{1+2}}
{{1i}}
{{1+2i}}
{{@}}
{{.s;}}
{{.s, .i}}
{{.s:}}
{{:=}}
{{= 1}}
{{$}}
{{$.}}
{{$x.y := 1}}
{{.é}}
{{.世界}}
{{.a-b}}
{{.key-dash}}
{{index . "key-dash"}}
{{a"b"}}
{{.s"x"}}
{{#}}
{{?}}
{{\u0000}}
{{.s}
{{.s
{{.s⏎
{{if .t⏎}}x{{end}}
⏎{{.a.⏎b}}
⏎⏎  {{.s.x}}
⏎  {{ index⏎ .l⏎ 7 }}
é{{.s.x}}
⏎é世{{.s.x}}
{{ "a" | printf "%s%s" "b" }}
{{- 1}}
{{-1}}
{{1 -}}
{{1-}}
x {{- 3 -}} y
{{range .l}} {{- . -}} {{end}}
{{.s | print | print | print}}
{{and 1 0 2}} {{and}} 
{{and 1 2}} {{and .n 1}} {{or 0 "" "x"}} {{or 0 .n}} {{and 0 (index .l 99)}} {{or 1 (index .l 99)}}
{{or}}
{{not 1}} {{not 0}} {{not .n}} {{not .missing}} {{not}}
{{not 1 2}}
{{.t | and .s}} {{.no | or .e}}
{{len .s}} {{len .l}} {{len .m}} {{len .u}} {{len "世"}} {{len .empty}}
{{len .i}}
{{len .n}}
{{len .missing}}
{{len nil}}
{{len 3}}
{{len}}
{{len .s .s}}
{{index .l 0}} {{index .m "a"}} {{index .m "x"}} {{index .s 0}} {{index .a "b" "c"}} {{index .a.list 4 "k"}} {{index .l}}
{{index .l 3}}
{{index .l 4}}
{{index .l -1}}
{{index .l "0"}}
{{index .l .i}}
{{index .l 1.0}}
{{index .l nil}}
{{index .m 1}}
{{index .m nil}}
{{index .m .n}}
{{index .n 1}}
{{index nil 1}}
{{index .missing 1}}
{{index .i 1}}
{{index .a "n" "x"}}
{{index .s 99}}
{{index .u 1}}
{{index}}
{{index .m "x" "y"}}
{{slice .s 1}} {{slice .s 1 3}} {{slice .l 1}} {{slice .l 0 2}} {{slice .s}} {{slice .l 1 2 2}}
{{slice .s 9}}
{{slice .s 3 1}}
{{slice .s 0 1 2}}
{{slice .l 0 1 2 3}}
{{slice .m 1}}
{{slice .n}}
{{slice nil}}
{{slice .l "a"}}
{{slice .u 1 4}}
{{print}} {{print 1}} {{print 1 2}} {{print "a" "b"}} {{print 1 "a" 2 3}} {{print .l .m}} {{print nil}} {{print .n .missing}}
{{println}}{{println 1 "a" .n}}
{{print .f .big .huge .small .neg}}
{{printf "%v %+v %#v %T" .s .s .s .s}}
{{printf "%v %+v %#v %T" .i .i .i .i}}
{{printf "%v %+v %#v %T" .f .f .f .f}}
{{printf "%v %+v %#v %T" .t .t .t .t}}
{{printf "%v %+v %#v %T" .n .n .n .n}}
{{printf "%v %+v %#v %T" .l .l .l .l}}
{{printf "%v %+v %#v %T" .m .m .m .m}}
{{printf "%v %+v %#v %T" .mixed .mixed .mixed .mixed}}
{{printf "%v %+v %#v %T" 1 1 1 1}}
{{printf "%s %d %q %x %X %t %f %g %e %c %U %b %o" .s .s .s .s .s .s .s .s .s .s .s .s .s}}
{{printf "%s %d %q %x %X %t %f %g %e %c %U %o" .f .f .f .f .f .f .f .f .f .f .f .f}}
{{printf "%s %d %q %x %X %t %f %g %e %c %U %b %o" 65 65 65 65 65 65 65 65 65 65 65 65 65}}
{{printf "%s %d %q %x %X %t %f %g %e %c %U %b %o" .t .t .t .t .t .t .t .t .t .t .t .t .t}}
{{printf "%s %d %q %x %v" .l .l .l .l .l}}
{{printf "%s %d %q %x %v" .m .m .m .m .m}}
{{printf "%s %d %q %x %v" .n .n .n .n .n}}
{{printf "%s|%d|%q|%v" .mixed .mixed .mixed .mixed}}
{{printf "%5s|%-5s|%05s|%.2s|%5.1s|%-5.1s|" "abc" "abc" "abc" "abc" "abc" "abc"}}
{{printf "%5d|%-5d|%05d|%+d|% d|%x|%#x|%#o|%O|%#b|%.3d|%8.3d|%-8.3d|%+05d" 42 42 42 42 42 42 42 42 42 42 42 42 42 42}}
{{printf "%5d|%-5d|%05d|%+d|% d|%x|%#x|%#o|%O|%#b|%.3d|%8.3d" -42 -42 -42 -42 -42 -42 -42 -42 -42 -42 -42 -42}}
{{printf "%5.2f|%-8.2f|%08.2f|%+.1f|% .1f|%.0f|%#.0f|%e|%.2e|%E|%g|%G|%.3g|%#g|%x" 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159}}
{{printf "%5.2f|%08.2f|%+.1f|%.0f|%e|%g" -2.5 -2.5 -2.5 -2.5 -2.5 -2.5}}
{{printf "%.0f %.0f %.0f %.1f %.2f %.3f" 0.5 1.5 2.5 0.25 1.005 1.0005}}
{{printf "%g %g %g %g %g %v %v" 1e20 1e21 1e-4 1e-5 123456789.0 1e20 1e21}}
{{printf "%6.3v|%-8v|%08v|%q" 3.14159 2.5 2.5 "x"}}
{{printf "%x %X % x %# x %#x" "héllo" "héllo" "héllo" "héllo" "héllo"}}
{{printf "%q %+q %#q %#q" "a\\"b世\\n" "a\\"b世\\n" "a" "a\`b"}}
{{printf "%c %c %U %#U %q %q" 65 19990 19990 19990 65 10}}
{{printf "%t %t %5t|" true false true}}
{{printf "%*d|%-*d|%.*f" 5 42 5 42 2 3.14159}}
{{printf "%[2]d %[1]d" 1 2}} {{printf "%[3]*.[2]*[1]f" 12.0 2 6}} {{printf "%[5]d" 1}} {{printf "%[x]d" 1}} {{printf "%[1]d %d" 1 2}}
{{printf "%d %d" 1}} {{printf "%d" 1 2}} {{printf "%d" 1 "x" nil .l}} {{printf "%"}} {{printf "%z" 1}} {{printf "%!" 1}} {{printf "100%%"}} {{printf "%5%|"}}
{{printf "%-"}} {{printf "%é" 1}} {{printf "%.d" 0}} {{printf "%5." 1}} {{printf "%99999999999d" 1}} {{printf "%*d" "x" 1}} {{printf "%.*d" -1 1}}
{{printf "%v %v" .a .apps}}
{{printf .s}} {{printf .fn 1}}
{{printf 1}}
{{printf .i}}
{{printf nil}}
{{printf}}
{{printf .missing}}
{{printf .n}}
{{html .html}} {{html 1 2 "<"}} {{html .n}} {{html .l}} {{js .html}} {{js "é\\n\\u2028=" }} {{urlquery .url .html}} {{urlquery "a b" 1}} {{.html | html | urlquery}} {{html .missing}}
{{html}} {{js}} {{urlquery}}
{{eq 1 1}} {{eq 1 2}} {{eq 1 2 1}} {{eq "a" "a"}} {{eq .s "text"}} {{eq .i 3.0}} {{eq .t true}} {{eq .n nil}} {{eq .missing nil}} {{eq nil nil}} {{eq .n 1}} {{eq 1 .n}} {{ne 1 2}} {{ne .s "x"}}
{{eq .i 3}}
{{eq 1 1.0}}
{{eq 1 "1"}}
{{eq "a" true}}
{{eq .l .l}}
{{eq .m .m}}
{{eq .l .m}}
{{eq .l nil}} {{eq .m .n}}
{{eq 1}}
{{eq}}
{{eq 1 2 "x"}}
{{eq 1 1 "x"}}
{{ne 1}}
{{ne 1 2 3}}
{{lt 1 2}} {{le 2 2}} {{gt 2 1}} {{ge 1 2}} {{lt "a" "b"}} {{lt 1.5 .f}} {{le .f 1.5}} {{gt .i 2.5}} {{lt "B" "a"}} {{lt "é" "z"}}
{{lt 1 2.0}}
{{lt .i 2}}
{{lt true false}}
{{lt .n 1}}
{{lt .l .l}}
{{lt "a" 1}}
{{lt 1 nil}}
{{gt 1}}
{{ge .t .t}}
{{eq (index .s 0) 116}} {{lt (index .s 0) 200}} {{eq (len .l) 3}} {{printf "%T" (index .s 0)}} {{printf "%v" (index .s 0)}}
{{call .s}}
{{call nil}}
{{call .n 1}}
{{call 1 2}}
{{.s | call}}
{{call}}
{{.fn "x"}}
{{.a.b.c "x"}}
{{.missing "x"}}
{{.l | index 1}}
{{0 | index .l}}
{{"a" | index .m}}
{{"x" | index .m | print}}
{{with index .m "x"}}a{{else}}b{{end}}
{{with $.a.b}}{{$.s}}{{.c}}{{end}}
{{range $i, $_ := .l}}{{$i}}{{end}}
{{$_ := 1}}{{$_}}
{{$é := 1}}{{$é}}
{{$x := 1 | print}}{{$x}}
{{$x := .missing}}{{$x}}{{if $x}}a{{end}}
{{$x := nil}}
{{$x := .n}}{{$x}}{{$x.y}}
{{$x := index .m "zz"}}{{$x.y}}
{{labels}}
{{.labels}} {{.labels.env}} {{.labels.nope}} {{index .labels "env"}} {{index .labels "nope"}}. {{index .labels "app.kubernetes.io/name"}} {{len .labels}} {{range $k, $v := .labels}}{{$k}}={{$v}} {{end}} {{printf "%#v %T" .labels .labels}}
{{.labels.env.x}}
{{.labels.nope.x}}
{{eq .labels.env "prod"}} {{eq .labels.nope "prod"}}
{{eq (index .labels "nope") ""}}
{{.segments}} {{index .segments 0}} {{len .segments}} {{range .segments}}{{.}}/{{end}} {{slice .segments 1}} {{printf "%#v %T %q" .segments .segments .segments}}
{{range .segments}}{{.x}}{{end}}
{{index .segments 5}}
{{with .labels}}{{.env}}{{end}}
{{.labels "x"}}
`
  .split('\n')
  .slice(1, -1)
  .map((line) => line.replaceAll('⏎', '\n'));
