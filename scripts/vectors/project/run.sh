#!/bin/sh
# Rebuilds test/argocd/project/vectors with Argo CD's own types. Needs Go and its module proxy; the tests need neither.
#
# Argo CD's module replaces gitops-engine by a folder of its repository, which is in no published module. The last one
# that was published stands in for it; nothing that is asked here reaches it. Its check of old autoscalers is emptied,
# since the Kubernetes API of today has lost their types.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
version=v3.5.1
engine=v0.7.1-0.20250908182407-97ad5b59a627
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GOFLAGS=-mod=mod

dir() { (cd "$work" && go mod download -json "$1" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p'); }
argocd=$(dir "github.com/argoproj/argo-cd/v3@$version")

mkdir "$work/vectors"
cp -r "$(dir "github.com/argoproj/gitops-engine@$engine")" "$work/engine"
chmod -R u+w "$work/engine"
grep -rl argoproj/gitops-engine "$work/engine" --include=*.go --include=go.mod |
  xargs sed -i 's#github.com/argoproj/gitops-engine#github.com/argoproj/argo-cd/gitops-engine#g'
cat >"$work/engine/pkg/health/health_hpa.go" <<'EOF'
package health

import "k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

func getHPAHealth(_ *unstructured.Unstructured) (*HealthStatus, error) { return nil, nil }
EOF

sed -e 's#^module .*#module vectors#' -e '/gitops-engine => /d' \
  -e "0,/^require (/s#^require (#require (\n\tgithub.com/argoproj/argo-cd/v3 $version#" "$argocd/go.mod" >"$work/vectors/go.mod"
echo 'replace github.com/argoproj/argo-cd/gitops-engine => ../engine' >>"$work/vectors/go.mod"
cp "$argocd/go.sum" "$work/vectors/go.sum"
cp "$here/main.go" "$work/vectors/main.go"
cd "$work/vectors"
go run . "$here/../../../test/argocd/project/vectors"
