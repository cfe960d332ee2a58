// Writes what gobwas/glob, at the version that Argo CD pins, makes of patterns:
//
//	go run . ../../../test/argocd/project/vectors
//
// and, beside them, what path.Match makes of them, which Argo CD uses for groups and kinds.
package main

import (
	"encoding/json"
	"math/rand"
	"os"
	"path"
	"sort"
	"strings"

	"github.com/gobwas/glob"
)

// vector is a pattern with the texts it was tried on, by answer.
type vector struct {
	Pattern    string   `json:"pattern"`
	Separators string   `json:"separators"`
	Error      string   `json:"error,omitempty"`
	Matches    []string `json:"matches,omitempty"`
	Misses     []string `json:"misses,omitempty"`
	// Panics lists the texts that the library cannot try: it leaves its slices.
	Panics []string `json:"panics,omitempty"`
}

// patterns as people write them into projects, and every corner of the syntax.
var patterns = []string{
	"", "*", "**", "***", "?", "a", "a*", "*a", "*a*", "a*b", "a?b", "a**", "**a", "a**b", "*/*", "*/a", "a/*", "a/**", "**/a", "a/*/b", "a/**/b",
	"https://github.com/acme/*", "https://github.com/acme/**", "https://github.com/*/deploy", "https://github.com/acme/{deploy,web}",
	"https://*.acme.io/*", "git@github.com:acme/*", "github.com/acme/*", "git@github.com/acme/*", "*github.com/acme*",
	"https://kubernetes.default.svc", "https://*", "https://10.*:6443", "in-cluster", "prod-*", "*-prod", "prod-?", "team-[ab]", "team-[!ab]",
	"team-[a-c]", "team-[!a-c]", "{prod,staging}-*", "{prod,staging}", "*-{a,b}", "kube-*", "guestbook", "default", "argocd-{a,b{c,d}}",
	"{a}", "{}", "{,a}", "{a,}", "{a,b", "a}", "{a,b}}", "{{a,b},c}", "a{b,c}d", "a{b*,c}d", "{a*,b}", "{*a,b}", "{a?,b}", "{ab,ac}", "{abc,abd}*",
	"[a]", "[!a]", "[ab]", "[a-z]", "[!a-z]", "[a-z0-9]", "[]", "[!]", "[a", "[a-]", "[-a]", "[z-a]", "[^a]", "[!!a]", "[]a]", "[a]]", "[a-zb]", "[*]", "[?]",
	"[{]", "[,]", "{[a,b],c}", `[\]]`, `[\-a]`, `\*`, `\?`, `\[a]`, `\{a,b}`, `{a\,b,c}`, `\\`, `a\`, `\a`, `a\*b`, "a,b", "{a,b},c", "a-b", "a!b", "!a",
	"a[!/]b", "a?b*", "*?", "?*", "??", "*a?", "a*?b", "**?", "é*", "?é", "[é]", "[а-я]", "a*b*c", "*a*b*", "*.svc", "*.{com,io}", "{com,io}.*",
	"*-*", "*-*-*", "a*/b", "a?/b", "{a,b}/{c,d}", "{a,b}/*", "*/{a,b}", "x{a,b}y*", "[ab]*", "*[ab]", "[!a]*", "a[bc]d*",
}

var texts = []string{
	"", "a", "b", "c", "d", "z", "ab", "ac", "ad", "abc", "abd", "abcd", "aab", "ba", "bb", "aa", "a/b", "a/a", "a/x", "a/x/b", "a/x/y/b", "a/", "/", "/a", "x/a", "x/y/a", "a/b/c",
	"https://github.com/acme/deploy", "https://github.com/acme/web", "https://github.com/acme/web/sub", "https://github.com/other/deploy", "https://git.acme.io/x",
	"git@github.com:acme/x", "git@github.com/acme/x", "github.com/acme/x", "https://kubernetes.default.svc", "https://10.0.0.1:6443", "in-cluster", "prod-1", "prod-eu", "eu-prod",
	"team-a", "team-b", "team-c", "team-d", "staging-1", "prod", "staging", "x-a", "kube-system", "guestbook", "default", "argocd-a", "argocd-bc", "argocd-b",
	"*", "?", "[a]", "{a,b}", `\`, "a,b", "a-b", "a!b", "!a", "!", "-", ",", "{", "]", "a]", "a}", "a*b", "^", "é", "éa", "aé", "я", "aéb", "axb", "a.b", "example.com", "acme.io", "com.acme",
	"a1", "9", "xay", "xby1", "abd1", "acd", "abxc", "a-b-c", "b/c", "a/d", "prod-eu-1",
}

func main() {
	random := rand.New(rand.NewSource(7))
	var globs, paths []vector
	for _, pattern := range patterns {
		globs = append(globs, try(pattern, "", texts), try(pattern, "/", texts))
		paths = append(paths, tryPath(pattern, texts))
	}
	for range 500 {
		pattern := compose(random)
		separators := []string{"", "/"}[random.Intn(2)]
		globs = append(globs, try(pattern, separators, sample(random)))
		paths = append(paths, tryPath(pattern, sample(random)))
	}
	write("glob", globs)
	write("path-match", paths)
}

func write(name string, vectors []vector) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	for _, entry := range vectors {
		if err := encoder.Encode(entry); err != nil {
			panic(err)
		}
	}
	if err := os.WriteFile(os.Args[1]+"/"+name+".jsonl", []byte(text.String()), 0o644); err != nil {
		panic(err)
	}
}

func tryPath(pattern string, texts []string) vector {
	result := vector{Pattern: pattern, Separators: "/"}
	for _, text := range texts {
		matched, err := path.Match(pattern, text)
		if err != nil {
			return vector{Pattern: pattern, Separators: "/", Error: err.Error()}
		}
		if matched {
			result.Matches = append(result.Matches, text)
		} else {
			result.Misses = append(result.Misses, text)
		}
	}
	return result
}

func try(pattern, separators string, texts []string) vector {
	result := vector{Pattern: pattern, Separators: separators}
	compiled, err := glob.Compile(pattern, []rune(separators)...)
	if err != nil {
		result.Error = err.Error()
		return result
	}
	seen := map[string]bool{}
	for _, text := range texts {
		if seen[text] {
			continue
		}
		seen[text] = true
		switch matched, panicked := match(compiled, text); {
		case panicked:
			result.Panics = append(result.Panics, text)
		case matched:
			result.Matches = append(result.Matches, text)
		default:
			result.Misses = append(result.Misses, text)
		}
	}
	sort.Strings(result.Matches)
	sort.Strings(result.Misses)
	return result
}

func match(compiled glob.Glob, text string) (matched, panicked bool) {
	defer func() { panicked = recover() != nil }()
	return compiled.Match(text), false
}

var parts = []string{"a", "b", "ab", "-", "/", "*", "*", "**", "?", "[ab]", "[!a]", "[a-c]", "{a,b}", "{ab,c}", "{a*,b}", "{a,*b}", "{a/b,c}", `\*`, "{", "}", "[", "]"}

func compose(random *rand.Rand) string {
	var pattern strings.Builder
	for range 1 + random.Intn(5) {
		last := len(parts)
		if random.Intn(8) > 0 {
			last -= 4
		}
		pattern.WriteString(parts[random.Intn(last)])
	}
	return pattern.String()
}

func sample(random *rand.Rand) []string {
	letters := []string{"a", "b", "c", "ab", "-", "/", "*"}
	result := make([]string, 14)
	for index := range result {
		for range random.Intn(6) {
			result[index] += letters[random.Intn(len(letters))]
		}
	}
	return result
}
