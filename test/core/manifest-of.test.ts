import { ApiObject, App, Chart, JsonPatch, Lazy, Size } from 'cdk8s';
import { ConfigMap, Cpu, Deployment, ImagePullPolicy, k8s } from 'cdk8s-plus-28';
import { manifestOf } from '../../src/core/manifest-of';

/** As it comes back from JSON: without undefined members. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

function objects(build: (chart: Chart) => void): ApiObject[] {
  const chart = new Chart(new App(), 'web', { namespace: 'shop', labels: { team: 'checkout' } });
  build(chart);
  return chart.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
}

const programs: Record<string, (chart: Chart) => void> = {
  'a plain ApiObject': (chart) => {
    new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1', b: undefined }, list: [] });
  },
  'changed metadata': (chart) => {
    const object = new ApiObject(chart, 'a', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', annotations: { a: 'b' }, finalizers: ['example.com/f'], labels: {} },
    });
    object.metadata.addLabel('x', 'y');
    object.metadata.addAnnotation('n', '1');
    object.metadata.add('generateName', 'x-');
    object.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' });
  },
  'lazy values': (chart) => {
    new ApiObject(chart, 'a', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: Lazy.any({ produce: () => ({ late: '1' }) }),
    });
  },
  'JSON patches': (chart) => {
    const object = new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } });
    object.addJsonPatch(JsonPatch.replace('/data/a', '2'));
  },
  'generated L1 constructs': (chart) => {
    new k8s.KubeService(chart, 'a', {
      spec: { ports: [{ port: 80, targetPort: k8s.IntOrString.fromString('http') }] },
    });
  },
  'cdk8s-plus constructs': (chart) => {
    const settings = new ConfigMap(chart, 'settings', { data: { mode: 'on' } });
    const deployment = new Deployment(chart, 'web', { replicas: 2 });
    deployment.addContainer({
      image: 'ghcr.io/acme/web:v1',
      portNumber: 80,
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      envVariables: { MODE: { value: settings.data['mode'] } },
      resources: { cpu: { request: Cpu.millis(100) }, memory: { limit: Size.mebibytes(64) } },
    });
    deployment.exposeViaService({ ports: [{ port: 80 }] });
  },
};

test.each(Object.entries(programs))('%s: the manifest is what cdk8s itself renders', (_, build) => {
  const found = objects(build);
  expect(found.length).toBeGreaterThan(0);
  for (const object of found) expect(plain(manifestOf(object, false))).toEqual(plain(object.toJson()));
});

test('nulls that cdk8s drops are kept, in plain objects and in generated constructs', () => {
  const values = { image: null, list: [null, 1], deep: { a: null } };
  const [raw, generated] = objects((chart) => {
    new ApiObject(chart, 'raw', { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', spec: { values } });
    class Imported extends ApiObject {
      override toJson() {
        return { ...super.toJson(), imported: true };
      }
    }
    new Imported(chart, 'gen', { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', spec: { values } });
  });
  expect(plain(manifestOf(raw!, false))).toMatchObject({ spec: { values } });
  expect(plain(manifestOf(generated!, false))).toMatchObject({ spec: { values }, imported: true });
  expect(values).toEqual({ image: null, list: [null, 1], deep: { a: null } });
});

test('what holds no data is left to cdk8s to refuse', () => {
  const [object] = objects((chart) => {
    new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap', data: { when: new Date(0) } });
  });
  expect(() => manifestOf(object!, false)).toThrow(/non-simple object of type 'Date'/);
});
