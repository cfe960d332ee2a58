// Renders template cases, one JSON object a line on standard input, with Go's text/template, sprig and fasttemplate,
// and writes the result of each as a line of JSON. Versions are those of Argo CD v3.5.1 (see go.mod).
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"
	"github.com/gosimple/slug"
	"github.com/valyala/fasttemplate"
	"sigs.k8s.io/yaml"
)

// Case is what to render. Functions: "" for none, "argo" for Argo CD's, "fast" for fasttemplate.
type Case struct {
	Template   string            `json:"t"`
	Data       json.RawMessage   `json:"d,omitempty"`
	Functions  string            `json:"f,omitempty"`
	MissingKey string            `json:"m,omitempty"`
	Left       string            `json:"l,omitempty"`
	Right      string            `json:"r,omitempty"`
	Labels     map[string]string `json:"labels,omitempty"`
	Segments   []string          `json:"segments,omitempty"`
}

// Result holds the text or the error.
type Result struct {
	Text  string `json:"text"`
	Error string `json:"error,omitempty"`
}

func main() {
	time.Local = time.UTC
	functions := argoFunctions()
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			var c Case
			if err := json.Unmarshal(line, &c); err != nil {
				panic(fmt.Sprintf("%v: %s", err, line))
			}
			if err := encoder.Encode(render(c, functions)); err != nil {
				panic(err)
			}
		}
		if err == io.EOF {
			return
		}
	}
}

func render(c Case, functions template.FuncMap) (result Result) {
	defer func() {
		if r := recover(); r != nil {
			result = Result{Error: fmt.Sprintf("panic: %v", r)}
		}
	}()
	var data any
	if len(c.Data) > 0 {
		if err := json.Unmarshal(c.Data, &data); err != nil {
			panic(err)
		}
	}
	if m, ok := data.(map[string]any); ok {
		if c.Labels != nil {
			m["labels"] = c.Labels
		}
		if c.Segments != nil {
			m["segments"] = c.Segments
		}
	}
	if c.Functions == "fast" {
		return fill(c.Template, data.(map[string]any))
	}
	t := template.New("base").Delims(c.Left, c.Right)
	if c.Functions == "argo" {
		t = t.Funcs(functions)
	}
	if c.MissingKey != "" {
		t = t.Option("missingkey=" + c.MissingKey)
	}
	parsed, err := t.Parse(c.Template)
	if err != nil {
		return Result{Error: err.Error()}
	}
	var b strings.Builder
	if err := parsed.Execute(&b, data); err != nil {
		return Result{Error: err.Error()}
	}
	return Result{Text: b.String()}
}

var tagged = regexp.MustCompile(".*{{.*}}.*")

func fill(text string, data map[string]any) Result {
	if !tagged.MatchString(text) {
		return Result{Text: text}
	}
	t, err := fasttemplate.NewTemplate(text, "{{", "}}")
	if err != nil {
		return Result{Error: "invalid template: " + err.Error()}
	}
	return Result{Text: t.ExecuteFuncString(func(w io.Writer, tag string) (int, error) {
		name := strings.TrimSpace(tag)
		value, ok := data[name].(string)
		if name == "" || !ok {
			return fmt.Fprintf(w, "{{%s}}", tag)
		}
		return w.Write([]byte(value))
	})}
}

func argoFunctions() template.FuncMap {
	functions := template.FuncMap(sprig.GenericFuncMap())
	for _, name := range []string{"env", "expandenv", "getHostByName"} {
		delete(functions, name)
	}
	functions["normalize"] = normalize
	functions["slugify"] = slugify
	functions["toYaml"] = func(v any) (string, error) {
		data, err := yaml.Marshal(v)
		return strings.TrimSuffix(string(data), "\n"), err
	}
	functions["fromYaml"] = func(text string) (map[string]any, error) {
		m := map[string]any{}
		err := yaml.Unmarshal([]byte(text), &m)
		return m, err
	}
	functions["fromYamlArray"] = func(text string) ([]any, error) {
		a := []any{}
		err := yaml.Unmarshal([]byte(text), &a)
		return a, err
	}
	return functions
}

var notDNS = regexp.MustCompile("[^-a-z0-9.]")

func normalize(name string) string {
	name = notDNS.ReplaceAllString(strings.ToLower(name), "-")
	return strings.Trim(name[:min(len(name), 253)], "-.")
}

func slugify(args ...any) string {
	size, smart, name := 50, true, ""
	for i, arg := range args {
		switch {
		case i == len(args)-1:
			name = arg.(string)
		case i == 0:
			size = arg.(int)
		case i == 1:
			smart = arg.(bool)
		}
	}
	slug.MaxLength, slug.EnableSmartTruncate = size, smart
	return slug.Make(normalize(name))
}
