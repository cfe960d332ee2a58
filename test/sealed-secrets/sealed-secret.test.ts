import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Environment, EnvironmentStack, GitOpsApp } from '../../src';
import { checkManifest } from '../../src/core/check-manifest';
import type { Manifest } from '../../src/kernel/manifest';
import type { Rule } from '../../src/kernel/rule';
import { SealedSecret, type SealedSecretProps } from '../../src/sealed-secrets';
import { ciphertextProblem } from '../../src/sealed-secrets/ciphertext';
import { kinds } from '../../src/sealed-secrets/kinds';
import { synthTree } from '../../src/testing';
import { codesOf, issuesOf } from '../support/issues';

const SEALED = `Ag${'B'.repeat(710)}`;
const SHARED = join(__dirname, '../../../shared');
const [kind] = kinds;

function stack(namespace = 'shop'): EnvironmentStack {
  const env = new GitOpsApp().environment('prod') as Environment;
  return new EnvironmentStack(env, 'checkout', namespace === '' ? {} : { namespace });
}

function seal(props: Partial<SealedSecretProps>, namespace?: string): SealedSecret {
  return new SealedSecret(stack(namespace), 'db', { encryptedData: { password: SEALED }, ...props });
}

const check = (manifest: Manifest) => checkManifest(manifest, kind!.rules);

describe('what is written', () => {
  test('least props: the ciphertext, in the namespace of the stack', () => {
    expect(seal({}).toJson()).toEqual({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { encryptedData: { password: SEALED } },
    });
  });

  test('a template with everything comes out as it went in', () => {
    const template = {
      type: 'kubernetes.io/basic-auth',
      immutable: true,
      metadata: { labels: { app: 'checkout' }, annotations: { team: 'shop' } },
      data: { url: 'postgres://{{ index . "username" }}@db' },
    };
    expect(seal({ template }).toJson()['spec']).toEqual({ encryptedData: { password: SEALED }, template });
  });

  test('a scope is said on the SealedSecret and on the template', () => {
    const json = seal({ scope: 'namespace-wide', metadata: { labels: { app: 'db' } } }).toJson();
    const annotations = { 'sealedsecrets.bitnami.com/namespace-wide': 'true' };
    expect(json.metadata).toEqual({ name: 'db', namespace: 'shop', labels: { app: 'db' }, annotations });
    expect(json['spec']).toEqual({ encryptedData: { password: SEALED }, template: { metadata: { annotations } } });
  });

  test('a cluster-wide one needs no namespace', () => {
    const manifest = seal({ scope: 'cluster-wide' }, '').toJson();
    expect(manifest.metadata?.annotations).toEqual({ 'sealedsecrets.bitnami.com/cluster-wide': 'true' });
  });

  test('strict is the absence of annotations', () => {
    expect(seal({ scope: 'strict' }).toJson()).toEqual(seal({}).toJson());
  });

  test('the scope that was said wins over an annotation, visibly', () => {
    const annotations = { 'sealedsecrets.bitnami.com/cluster-wide': 'true' };
    expect(seal({ scope: 'strict', metadata: { annotations } }).toJson().metadata?.annotations).toEqual({
      'sealedsecrets.bitnami.com/cluster-wide': 'false',
    });
  });

  test('synth writes it, and the secret has a name to mount', () => {
    const app = new GitOpsApp();
    const checkout = new EnvironmentStack(app.environment('prod'), 'checkout', { namespace: 'shop' });
    const secret = new SealedSecret(checkout, 'db', { encryptedData: { password: SEALED } });
    expect(secret.secretName).toBe('db');
    expect(Object.keys(synthTree(app))).toContain('prod/checkout/sealedsecret-db.yaml');
  });
});

describe('what is refused', () => {
  const cases: [string, Partial<SealedSecretProps>][] = [
    ['sealed-secrets-ciphertext', { encryptedData: { password: 'AgBy3i4OJSWK+...encrypted...' } }],
    ['sealed-secrets-ciphertext', { encryptedData: { password: 'hunter2' } }],
    ['sealed-secrets-ciphertext', { encryptedData: { password: '' } }],
    [
      'sealed-secrets-ciphertext',
      { encryptedData: { password: Buffer.from('a secret'.repeat(90)).toString('base64') } },
    ],
    ['sealed-secrets-ciphertext', { encryptedData: { password: SEALED.slice(0, 400) } }],
    ['sealed-secrets-ciphertext-example', { encryptedData: { password: 'AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq.....' } }],
    ['sealed-secrets-secret-key', { encryptedData: { 'db password': SEALED } }],
    ['sealed-secrets-scope-value', { metadata: { annotations: { 'sealedsecrets.bitnami.com/cluster-wide': 'yes' } } }],
    ['sealed-secrets-data-both', { data: SEALED }],
  ];

  test.each(cases)('%s: %j', (code, props) => {
    expect(codesOf(() => seal(props))).toEqual([code]);
  });

  test.each([{}, { scope: 'namespace-wide' }] as const)('a namespace is needed with %j', (props) => {
    expect(codesOf(() => seal(props, ''))).toEqual(['sealed-secrets-namespace-missing']);
  });

  test('no refusal repeats a value: it may be the plaintext', () => {
    for (const value of ['hunter2', 'correct horse battery staple', 'c2VjcmV0', `${SEALED}!`]) {
      const issues = issuesOf(() => seal({ encryptedData: { password: value } }));
      expect(JSON.stringify(issues)).not.toContain(value);
    }
  });

  test('plaintext has no place to go', () => {
    // @ts-expect-error stringData is a Secret's
    expect(codesOf(() => seal({ stringData: { password: 'hunter2' } }))).toEqual(['schema-field-unknown']);
    // @ts-expect-error sealed values are text
    const wrong: SealedSecretProps = { encryptedData: { password: 42 } };
    // @ts-expect-error a scope is one of three
    const scope: SealedSecretProps = { encryptedData: {}, scope: 'cluster' };
    expect([wrong, scope]).toHaveLength(2);
  });

  test('an example is an error in a program, and a warning in a file', () => {
    const manifest = {
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { encryptedData: { password: 'AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq...' } },
    };
    expect(check(manifest).map(({ code, severity }) => [code, severity])).toEqual([
      ['sealed-secrets-ciphertext-example', 'warning'],
    ]);
  });
});

describe.each((kind!.rules as unknown as readonly Rule[]).map((rule) => [rule.code, rule] as const))(
  '%s',
  (code, rule) => {
    test('its wrong sample makes it report, alone; its right one does not', () => {
      const wrong = check(parse(rule.wrong));
      expect([...new Set(wrong.map((issue) => issue.code))]).toEqual([code]);
      expect(wrong.every(({ severity }) => severity === rule.severity)).toBe(true);
      expect(check(parse(rule.right))).toEqual([]);
    });
  },
);

test('no rule throws on foreign data', () => {
  for (const spec of [undefined, null, 1, [], {}, { encryptedData: null }, { encryptedData: { a: null, b: 3 } }]) {
    for (const metadata of [undefined, null, 'x', {}, { annotations: 7 }]) {
      expect(() => check({ apiVersion: kind!.apiVersion, kind: kind!.kind, metadata, spec } as Manifest)).not.toThrow();
    }
  }
});

describe('what others sealed', () => {
  const there = existsSync(SHARED);
  if (!there) console.warn('no ../shared: real ciphertexts and the corpus are skipped');
  const only = there ? test : test.skip;

  only('ciphertext of the real sealed-secrets passes', () => {
    const { cases } = JSON.parse(readFileSync(join(SHARED, 'vectors/sealed-secrets.json'), 'utf8'));
    expect(cases.length).toBeGreaterThan(5);
    for (const { sealed, scope, namespace, name } of cases) {
      expect(ciphertextProblem(sealed)).toBeUndefined();
      expect(ciphertextProblem(sealed.replace(/.{76}/g, '$&\n'))).toBeUndefined();
      expect(() => seal({ encryptedData: { v: sealed }, scope, metadata: { name, namespace } })).not.toThrow();
    }
  });

  only('the corpus: no error on valid files, every invalid one is reported', () => {
    const valid = files('corpus/valid/sealed-secrets');
    for (const manifest of valid) expect(check(manifest).filter(({ severity }) => severity === 'error')).toEqual([]);
    const invalid = files('corpus/invalid').filter((manifest) => manifest?.kind === 'SealedSecret');
    const reported = invalid.filter((manifest) => check(manifest).some(({ severity }) => severity === 'error'));
    console.info(
      `sealed-secrets corpus: ${valid.length} valid, ${reported.length} of ${invalid.length} invalid reported`,
    );
    expect(reported).toEqual(invalid);
  });
});

function files(directory: string): Manifest[] {
  const path = join(SHARED, directory);
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(path, name), 'utf8'))
    .filter((text) => !text.includes('# layer: yaml'))
    .map((text) => tryParse(text));
}

function tryParse(text: string): Manifest {
  try {
    return parse(text);
  } catch {
    return { apiVersion: '', kind: '' };
  }
}
