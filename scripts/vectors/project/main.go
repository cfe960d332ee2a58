// Writes what Argo CD's own types permit: the vectors of test/argocd/project. See run.sh.
package main

import (
	"encoding/json"
	"math/rand"
	"os"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/git"
)

type source struct {
	SourceRepos []string `json:"sourceRepos"`
	RepoURL     string   `json:"repoURL"`
	Permitted   bool     `json:"permitted"`
}

type cluster struct {
	Server string `json:"server"`
	Name   string `json:"name,omitempty"`
}

type destination struct {
	Destinations []v1alpha1.ApplicationDestination `json:"destinations"`
	Cluster      cluster                           `json:"cluster"`
	Namespace    string                            `json:"namespace"`
	// Scoped lists the clusters that belong to the project, when only those are permitted.
	Scoped    []cluster `json:"scoped,omitempty"`
	OnlyOwn   bool      `json:"onlyOwn,omitempty"`
	Permitted bool      `json:"permitted"`
}

type resource struct {
	Spec       json.RawMessage `json:"spec"`
	Group      string          `json:"group"`
	Kind       string          `json:"kind"`
	Name       string          `json:"name"`
	Namespaced bool            `json:"namespaced"`
	Permitted  bool            `json:"permitted"`
}

type namespace struct {
	SourceNamespaces []string `json:"sourceNamespaces"`
	Namespace        string   `json:"namespace"`
	Permitted        bool     `json:"permitted"`
}

type role struct {
	Project string               `json:"project"`
	Role    v1alpha1.ProjectRole `json:"role"`
	Error   string               `json:"error,omitempty"`
}

var random = rand.New(rand.NewSource(11))

func main() {
	write("git-url", gitURLs())
	write("sources", sources())
	write("destinations", destinations())
	write("resources", resources())
	write("namespaces", namespaces())
	write("roles", roles())
}

func write[T any](name string, entries []T) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	for _, entry := range entries {
		if err := encoder.Encode(entry); err != nil {
			panic(err)
		}
	}
	if err := os.WriteFile(os.Args[1]+"/"+name+".jsonl", []byte(text.String()), 0o644); err != nil {
		panic(err)
	}
}

var urls = []string{
	"", "*", "https://github.com/acme/deploy", "https://github.com/acme/deploy.git", "https://GitHub.com/Acme/Deploy.GIT", " https://github.com/acme/deploy ",
	"https://github.com/acme/deploy/", "https://github.com/acme/deploy.git/", "http://github.com/acme/deploy", "git@github.com:acme/deploy.git", "git@github.com:acme/deploy",
	"git@github.com/acme/deploy", "ssh://git@github.com/acme/deploy.git", "ssh://git@github.com:22/acme/deploy.git", "ssh://git@github.com:acme/deploy.git",
	"user@host.example:path/to/repo", "git@github.com:22/acme/deploy", "acme@vs-ssh.visualstudio.com:v3/acme/p/r", "https://user@github.com/acme/deploy", "https://user:pass@github.com/acme/deploy",
	"oci://registry.example/charts/web", "registry.example/charts", "registry.example:5000/charts", "https://charts.example/stable", "https://charts.example:8443/stable",
	"https://github.com/acme/*", "https://github.com/**", "https://*.acme.io/*", "https://github.com/acme/{deploy,web}", "https://{a,b}.io/x", "https://github.com/acme/[ab]*",
	"https://github.com/acme/[!ab]*", "https://github.com/acme/web-?", "https://github.com/acme/we?b", `https://github.com/acme/\*`, "https://github.com/acme/a b", "https://github.com/acme/a%20b",
	"https://github.com/acme/%zz", "https://github.com/acme/%41", "https://github.com/acme/é", "https://gïthub.com/acme", "https://github.com:port/acme", "https://github.com:/acme", "https://[::1]/acme", "https://[::1]:8080/acme",
	"https://[::1", "https://::1/acme", "://acme", ":acme", "1a:b", "a:b", "a:b/c.git", "file:///srv/git/deploy.git", "/srv/git/deploy", "./deploy", "../deploy.git", "//github.com/acme", "///acme",
	"https://github.com", "https://github.com?x=1", "https://github.com/a?x=1#frag", "https://github.com/a#", "https://github.com/a#b c", "https://github.com/a?", "https://github.com/a??",
	"git://github.com/acme/deploy.git", "git@ssh.dev.azure.com:v3/acme/p/r", "https://acme@dev.azure.com/acme/p/_git/r", "*@github.com:acme/*", "git@*:acme/*", "git@github.com:*", "ssh://git@github.com/*", "ssh://*", "https://*", "http*://github.com/*",
	"a@b@c", "git@a:b:c", "https://github.com/a;b,c", "https://github.com/a|b", "https://github.com/a\"b", "https://github.com/a^b", "https://github.com/$a&b=c+d", "https://us er@github.com/a", "https://us%20er:p%3aw@github.com/a",
	"https://github.com/a\tb", "https://github.com/{*}", "https://github.com/*/{a}", "mailto:a", "git", "!https://github.com/acme/x", "https://git%68ub.com/a", "https://github.com/a/%2f/b", "https://github.com/'(a)'!*", "codecommit::eu-west-1://repo",
	"https://<a>/b", "https://a|b/c", "https://github.com/~a_b-c.d", "git@[::1]:acme/x",
}

type gitURL struct {
	URL        string `json:"url"`
	Normalized string `json:"normalized"`
}

func gitURLs() []gitURL {
	var result []gitURL
	for _, url := range urls {
		result = append(result, gitURL{url, git.NormalizeGitURL(url)})
	}
	return result
}

func sources() []source {
	lists := [][]string{
		{}, {"*"}, {"**"}, {"!*"}, {"*", "!https://github.com/acme/secret"}, {"!https://github.com/acme/secret", "*"}, {"https://github.com/acme/*"}, {"https://github.com/acme/**"}, {"https://github.com/*"},
		{"!https://github.com/acme/*"}, {"https://github.com/**", "!https://github.com/acme/*"}, {"https://github.com/acme/deploy"}, {"https://github.com/acme/deploy.git"}, {"git@github.com:acme/*"}, {"ssh://git@github.com/acme/*"},
		{"https://github.com/acme/{deploy,web}"}, {"https://github.com/acme/[dw]*"}, {"https://*.example/stable"}, {"https://github.com/**/deploy"}, {"", "https://github.com/acme/["}, {"!https://github.com/acme/["}, {"oci://registry.example/*"}, {"registry.example/*"},
	}
	var result []source
	for _, list := range lists {
		for _, url := range []string{
			"https://github.com/acme/deploy", "https://github.com/acme/deploy.git", "https://github.com/acme/Web/sub", "https://github.com/acme/secret", "git@github.com:acme/deploy.git", "ssh://git@github.com/acme/web", "https://charts.example/stable",
			"https://github.com/deploy", "https://github.com/other/x/deploy", "oci://registry.example/charts/web", "registry.example/charts", "", "https://github.com:port/acme", "https://github.com/acme/d[",
		} {
			result = append(result, sourceOf(list, url))
		}
	}
	return result
}

func sourceOf(repos []string, url string) source {
	project := v1alpha1.AppProject{Spec: v1alpha1.AppProjectSpec{SourceRepos: repos}}
	return source{repos, url, project.IsSourcePermitted(v1alpha1.ApplicationSource{RepoURL: url})}
}

func destinations() []destination {
	servers := []string{"", "*", "https://kubernetes.default.svc", "https://*.acme.io", "!https://prod.acme.io", "!https://*.acme.io", "https://prod.acme.io", "["}
	names := []string{"", "", "*", "in-cluster", "prod*", "!prod", "!in-cluster", "prod"}
	spaces := []string{"", "*", "shop", "shop-*", "!kube-system", "!kube-*", "!shop", "team-[ab]", "{shop,web}"}
	clusters := []cluster{{"https://kubernetes.default.svc", "in-cluster"}, {"https://prod.acme.io", "prod"}, {"https://dev.acme.io", "dev"}, {"https://dev.acme.io", ""}, {"https://10.0.0.1", "prod-eu"}}
	wanted := []string{"shop", "shop-eu", "kube-system", "default", "team-a", "web", ""}
	pick := func(list []string) string { return list[random.Intn(len(list))] }
	var result []destination
	add := func(entry destination) {
		project := v1alpha1.AppProject{Spec: v1alpha1.AppProjectSpec{Destinations: entry.Destinations, PermitOnlyProjectScopedClusters: entry.OnlyOwn}}
		permitted, err := project.IsDestinationPermitted(&v1alpha1.Cluster{Server: entry.Cluster.Server, Name: entry.Cluster.Name}, entry.Namespace, func(string) ([]*v1alpha1.Cluster, error) {
			var own []*v1alpha1.Cluster
			for _, cluster := range entry.Scoped {
				own = append(own, &v1alpha1.Cluster{Server: cluster.Server, Name: cluster.Name})
			}
			return own, nil
		})
		if err != nil {
			panic(err)
		}
		entry.Permitted = permitted
		result = append(result, entry)
	}
	add(destination{Destinations: []v1alpha1.ApplicationDestination{}, Cluster: clusters[0], Namespace: "shop"})
	for range 700 {
		entry := destination{Cluster: clusters[random.Intn(len(clusters))], Namespace: pick(wanted)}
		for range 1 + random.Intn(3) {
			entry.Destinations = append(entry.Destinations, v1alpha1.ApplicationDestination{Server: pick(servers), Name: pick(names), Namespace: pick(spaces)})
		}
		if random.Intn(4) == 0 {
			entry.OnlyOwn = true
			for range random.Intn(3) {
				entry.Scoped = append(entry.Scoped, clusters[random.Intn(len(clusters))])
			}
		}
		add(entry)
	}
	return result
}

func resources() []resource {
	specs := []string{
		`{}`, `{"namespaceResourceWhitelist":[]}`, `{"clusterResourceWhitelist":[]}`, `{"clusterResourceWhitelist":[{"group":"*","kind":"*"}]}`, `{"clusterResourceWhitelist":[{"group":"","kind":"Namespace"}]}`,
		`{"clusterResourceWhitelist":[{"group":"","kind":"Namespace","name":"shop-*"}]}`, `{"clusterResourceWhitelist":[{"group":"","kind":"Name*"},{"group":"*.k8s.io","kind":"Cluster*"}],"clusterResourceBlacklist":[{"group":"","kind":"Namespace","name":"kube-*"}]}`,
		`{"namespaceResourceWhitelist":[{"group":"apps","kind":"*"}]}`, `{"namespaceResourceWhitelist":[{"group":"apps","kind":"Deployment"},{"group":"","kind":"ConfigMap"}]}`, `{"namespaceResourceBlacklist":[{"group":"","kind":"ResourceQuota"},{"group":"*","kind":"[NL]*"}]}`,
		`{"namespaceResourceWhitelist":[{"group":"*","kind":"*"}],"namespaceResourceBlacklist":[{"group":"apps","kind":"Deployment"}]}`, `{"namespaceResourceWhitelist":[{"group":"[","kind":"*"}]}`, `{"clusterResourceWhitelist":[{"group":"*","kind":"*","name":"["}]}`,
		`{"namespaceResourceWhitelist":[{"group":"**","kind":"{ConfigMap,Secret}"}]}`, `{"namespaceResourceWhitelist":[{"group":"\\apps","kind":"D?ployment"}]}`, `{"clusterResourceWhitelist":[{"group":"","kind":"Namespace","name":"[^k]*"}]}`,
	}
	kinds := []resource{
		{Group: "", Kind: "Namespace", Name: "shop-eu"}, {Group: "", Kind: "Namespace", Name: "kube-system"}, {Group: "rbac.authorization.k8s.io", Kind: "ClusterRole", Name: "admin"}, {Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition", Name: "a.b"},
		{Group: "apps", Kind: "Deployment", Name: "web", Namespaced: true}, {Group: "", Kind: "ConfigMap", Name: "a", Namespaced: true}, {Group: "", Kind: "ResourceQuota", Name: "a", Namespaced: true}, {Group: "networking.k8s.io", Kind: "NetworkPolicy", Name: "a", Namespaced: true},
	}
	var result []resource
	for _, spec := range specs {
		project := v1alpha1.AppProject{}
		if err := json.Unmarshal([]byte(spec), &project.Spec); err != nil {
			panic(err)
		}
		for _, kind := range kinds {
			kind.Spec = json.RawMessage(spec)
			kind.Permitted = project.IsGroupKindNamePermitted(schema.GroupKind{Group: kind.Group, Kind: kind.Kind}, kind.Name, kind.Namespaced)
			result = append(result, kind)
		}
	}
	return result
}

func namespaces() []namespace {
	var result []namespace
	for _, list := range [][]string{{}, {"*"}, {"team-*"}, {"team-a", "web"}, {"/team-[0-9]+/"}, {"/^team-[0-9]+$/"}, {"/team/"}, {"/(/"}, {"!team-a"}, {"team-?"}, {"/team-(?!a)/"}, {"//"}, {"{team-a,web}"}, {"/.*/"}, {"/^(team|web)/"}, {`/team-\d/`}} {
		for _, name := range []string{"", "argocd", "team-a", "team-12", "x-team-1", "web", "webb", "/"} {
			project := v1alpha1.AppProject{Spec: v1alpha1.AppProjectSpec{SourceNamespaces: list}}
			app := &v1alpha1.Application{ObjectMeta: metav1.ObjectMeta{Namespace: name}}
			result = append(result, namespace{list, name, project.IsAppNamespacePermitted(app, "argocd")})
		}
	}
	return result
}

func roles() []role {
	var result []role
	add := func(project string, entry v1alpha1.ProjectRole) {
		object := v1alpha1.AppProject{ObjectMeta: metav1.ObjectMeta{Name: project}, Spec: v1alpha1.AppProjectSpec{Roles: []v1alpha1.ProjectRole{entry}}}
		text := ""
		if err := object.ValidateProject(); err != nil {
			text = err.Error()
		}
		result = append(result, role{project, entry, text})
	}
	for _, project := range []string{"shop", "shop.eu"} {
		for _, res := range []string{"applications", "applicationsets", "logs", "exec", "clusters", "repositories", "projects", "accounts", "*"} {
			for _, action := range []string{"get", "sync", "*", "action/*", "action/apps/Deployment/restart", "update/*", "delete/*/Pod/*/*", "override", "invoke", "action", "action/"} {
				add(project, v1alpha1.ProjectRole{Name: "ci", Policies: []string{"p, proj:" + project + ":ci, " + res + ", " + action + ", " + project + "/*, allow"}})
			}
		}
		for _, object := range []string{"*", "web", "web-*", "team-a/web", "team-*/*", "a b", "", "a/b/c", "{a,b}", "we[b]", "*/*"} {
			add(project, v1alpha1.ProjectRole{Name: "ci", Policies: []string{"p, proj:" + project + ":ci, applications, sync, " + project + "/" + object + ", deny"}})
		}
	}
	for _, name := range []string{"ci", "c_i", "-ci", "ci-", "c i", "", "a"} {
		add("shop", v1alpha1.ProjectRole{Name: name})
	}
	for _, group := range []string{"ops", "acme:ops", "acme,ops", `"acme,ops"`, " ops", "ops ", "", "a\nb", `""`, `"`, "a b"} {
		add("shop", v1alpha1.ProjectRole{Name: "ci", Groups: []string{group}})
	}
	return result
}
