/** Templates as ApplicationSets hold them. One a line. */
export const ARGO: readonly string[] = `
{{.name}}-guestbook
{{ .a.b.c }}-{{ index .segments 1 }}
{{ index .labels "app.kubernetes.io/name" }}
{{ .labels.env | default "dev" }}
{{ dig "a" "b" "zz" "none" . }}
{{ default "x" (dig "missing" "k" "" .) }}
{{ .name | lower | replace "_" "-" | trunc 10 }}
{{ normalize .name }}
{{ slugify 12 true .name }}
{{ .path.basename }}
{{- range .apps }}{{ .name }}{{ if .labels.tier }}:{{ .labels.tier }}{{ end }},{{- end }}
{{ if eq .labels.env "prod" }}HEAD~1{{ else }}HEAD{{ end }}
{{ if hasKey .a "list" }}yes{{ end }}
{{ with .a }}{{ .b | toJson }}{{ end }}
{{ .big }}
{{ .big | int64 }}
{{ .apps | toJson }}
{{ toYaml .apps | nindent 4 }}
{{ "{{" }} .Values.x {{ "}}" }}
{{ \`{{ .Values.image }}\` }}
{{ printf "%s-%s" .labels.env (first .segments) }}
{{ join "/" .segments }}
{{ (split "/" "a/b/c")._1 }}
{{ regexReplaceAll "[^a-z0-9]+" (lower .name) "-" }}
{{ semverCompare ">=1.4.0-0" .version }}
{{ ternary "a" "b" (eq .labels.env "prod") }}
{{ list "x" "y" | has "x" }}
{{ $env := .labels.env }}{{ range $i, $s := .segments }}{{ if $i }}-{{ end }}{{ $env }}{{ $s }}{{ end }}
{{ merge (dict "a" 1) (dict "b" 2) | toJson }}
{{ cat .s .i | nospace }}
{{ b64enc .name }}
{{ (fromYaml "a: [1, 2]").a | toJson }}
{{ fromYamlArray "[a, b]" | join "+" }}
{{ sha256sum .name | trunc 8 }}
`
  .split('\n')
  .slice(1, -1);
