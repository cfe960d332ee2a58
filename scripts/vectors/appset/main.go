// Command appset renders the ApplicationSets of cases.yaml with Argo CD's own code and prints, as JSON, what comes out:
// Applications or an error. See README.md beside it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"sort"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	log "github.com/sirupsen/logrus"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/yaml"

	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
)

// testCase is a case as it is written, and what becomes of it.
type testCase struct {
	Name string `json:"name"`
	// Spec is the ApplicationSet's; without a template it gets the one of the file.
	Spec map[string]any `json:"spec"`

	Applications []any  `json:"applications,omitempty"`
	Error        string `json:"error,omitempty"`
}

type caseFile struct {
	Template map[string]any    `json:"template"`
	Clusters []map[string]any  `json:"clusters"`
	Files    map[string]string `json:"files"`
	Cases    []testCase        `json:"cases"`
}

// repository is a fake Git tree: the same at every URL and revision.
type repository struct{ files map[string]string }

func (r repository) GetFiles(_ context.Context, _, _, _, pattern string, _ bool, _ *v1alpha1.SourceIntegrity) (map[string][]byte, error) {
	found := map[string][]byte{}
	for name, text := range r.files {
		if ok, err := doublestar.Match(pattern, name); err != nil {
			return nil, err
		} else if ok {
			found[name] = []byte(text)
		}
	}
	return found, nil
}

func (r repository) GetDirectories(_ context.Context, _, _, _ string, _ bool, _ *v1alpha1.SourceIntegrity) ([]string, error) {
	found := map[string]bool{}
	for name := range r.files {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if !strings.HasPrefix(dir, ".") && !strings.Contains(dir, "/.") {
				found[dir] = true
			}
		}
	}
	var list []string
	for dir := range found {
		list = append(list, dir)
	}
	sort.Strings(list)
	return list, nil
}

func main() {
	log.SetOutput(io.Discard)
	text, err := os.ReadFile("cases.yaml")
	must(err)
	var file caseFile
	must(yaml.Unmarshal(text, &file))
	for i := range file.Cases {
		c := &file.Cases[i]
		if c.Spec["template"] == nil {
			c.Spec["template"] = file.Template
		}
		evaluate(c, &file)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	must(encoder.Encode(map[string]any{"clusters": file.Clusters, "files": file.Files, "cases": file.Cases}))
}

func evaluate(c *testCase, file *caseFile) {
	defer func() {
		if r := recover(); r != nil {
			c.Error, c.Applications = fmt.Sprint(r), nil
		}
	}()
	var appSet v1alpha1.ApplicationSet
	data, err := json.Marshal(map[string]any{"metadata": map[string]any{"name": "set", "namespace": "argocd"}, "spec": c.Spec})
	must(err)
	must(json.Unmarshal(data, &appSet))
	cl := clientFor(file, &appSet)
	apps, _, err := template.GenerateApplications(log.NewEntry(log.StandardLogger()), appSet, generatorsFor(file, cl, appSet.Namespace), &utils.Render{}, cl)
	if err != nil {
		c.Error = err.Error()
		return
	}
	c.Applications = []any{}
	for _, app := range apps {
		app.APIVersion, app.Kind = "argoproj.io/v1alpha1", "Application"
		data, err := json.Marshal(app)
		must(err)
		var plain map[string]any
		must(json.Unmarshal(data, &plain))
		delete(plain, "status")
		delete(plain["metadata"].(map[string]any), "creationTimestamp")
		c.Applications = append(c.Applications, plain)
	}
}

func clientFor(file *caseFile, appSet *v1alpha1.ApplicationSet) client.Client {
	scheme := runtime.NewScheme()
	must(corev1.AddToScheme(scheme))
	must(v1alpha1.AddToScheme(scheme))
	builder := fake.NewClientBuilder().WithScheme(scheme)
	for _, manifest := range file.Clusters {
		var secret corev1.Secret
		data, err := json.Marshal(manifest)
		must(err)
		must(json.Unmarshal(data, &secret))
		if secret.Data == nil {
			secret.Data = map[string][]byte{}
		}
		for key, value := range secret.StringData {
			secret.Data[key] = []byte(value)
		}
		secret.StringData = nil
		builder = builder.WithObjects(&secret)
	}
	project := v1alpha1.AppProject{ObjectMeta: metav1.ObjectMeta{Name: appSet.Spec.Template.Spec.Project, Namespace: appSet.Namespace}}
	if !strings.Contains(project.Name, "{{") && project.Name != "" {
		builder = builder.WithObjects(&project)
	}
	return builder.Build()
}

func generatorsFor(file *caseFile, cl client.Client, namespace string) map[string]generators.Generator {
	terminal := map[string]generators.Generator{
		"List":     generators.NewListGenerator(),
		"Clusters": generators.NewClusterGenerator(cl, namespace),
		"Git":      generators.NewGitGenerator(repository{file.Files}, namespace),
	}
	nested := map[string]generators.Generator{}
	for name, generator := range terminal {
		nested[name] = generator
	}
	nested["Matrix"] = generators.NewMatrixGenerator(terminal)
	nested["Merge"] = generators.NewMergeGenerator(terminal)
	top := map[string]generators.Generator{}
	for name, generator := range terminal {
		top[name] = generator
	}
	top["Matrix"] = generators.NewMatrixGenerator(nested)
	top["Merge"] = generators.NewMergeGenerator(nested)
	return top
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
