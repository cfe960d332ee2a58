/** Generators that ask a service: they answer what was recorded, in the shape that the controller gives it. */
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { Context } from './context';
import {
  branchSlug,
  type GoDict,
  type GoValue,
  goInt,
  goText,
  newDict,
  normalizeName,
  setKey,
  stringList,
  stringMap,
} from './go';
import type { Answer, GeneratorFields, PullRequestEntry, RecordedAnswers, ScmRepository } from './inputs';
import { flattened, type Params, paramsOf } from './params';
import { Refusal, refuseGenerator, wrapping } from './refusal';
import { valuesOf } from './values';
import { LOCAL_NAME, LOCAL_SERVER } from './world';

export function generateScmProvider(body: GeneratorFields, path: FieldPath, context: Context): Params[] {
  const addValues = valuesOf(body, path, context);
  const repositories = answer('scmProvider', body, path, context);
  return wrapping('failed to append templated values', () =>
    repositories.map((repository) => addValues(repositoryParams(repository))),
  );
}

function repositoryParams(given: ScmRepository): GoDict {
  const { organization, repository, repositoryId, url, branch, sha, labels = [] } = given;
  return paramsOf({
    organization,
    repository,
    repository_id: typeof repositoryId === 'number' ? goInt(repositoryId, 'int64') : (repositoryId ?? null),
    url,
    branch,
    branchNormalized: normalizeName(branch),
    sha,
    short_sha: sha.slice(0, 8),
    short_sha_7: sha.slice(0, 7),
    labels: labels.join(','),
  });
}

export function generatePullRequest(body: GeneratorFields, path: FieldPath, context: Context): Params[] {
  const addValues = valuesOf(body, path, context);
  const requests = answer('pullRequest', body, path, context);
  return wrapping('failed to append templated values', () =>
    requests.map((request) => addValues(requestParams(request, context.engine.goTemplate))),
  );
}

function requestParams(request: PullRequestEntry, goTemplate: boolean): GoDict {
  const { number, title = '', branch, targetBranch = '', headSha, author = '', labels = [] } = request;
  const params = paramsOf({
    number: String(number),
    title,
    branch,
    branch_slug: branchSlug(branch),
    target_branch: targetBranch,
    target_branch_slug: branchSlug(targetBranch),
    head_sha: headSha,
    head_short_sha: headSha.slice(0, 8),
    head_short_sha_7: headSha.slice(0, 7),
    author,
  });
  if (goTemplate) setKey(params, 'labels', stringList(labels));
  return params;
}

export function generateClusterDecisions(body: GeneratorFields, path: FieldPath, context: Context): Params[] {
  const { matchKey, decisions } = answer('clusterDecisionResource', body, path, context);
  const byName = new Map(context.world.clusters.map(({ name, server }) => [name, server]));
  if (![...byName.values()].includes(LOCAL_SERVER)) byName.set(LOCAL_NAME, LOCAL_SERVER);
  const values = isPlainObject(body['values']) ? (body['values'] as Record<string, string>) : {};
  return decisions.flatMap((decision) => {
    const wanted = decision[matchKey];
    const name = wanted === undefined || wanted === null ? '' : goText(wanted as GoValue);
    const server = byName.get(name);
    if (name === '' || server === undefined) return [];
    const params = paramsOf({ name, server });
    for (const [key, value] of Object.entries(decision)) setKey(params, key, goText(value as GoValue));
    // Unlike elsewhere they are taken as they are written.
    if (!context.engine.goTemplate)
      for (const [key, text] of Object.entries(values)) setKey(params, `values.${key}`, text);
    else if (Object.keys(values).length > 0) setKey(params, 'values', stringMap(values));
    return [params];
  });
}

export function generatePlugin(body: GeneratorFields, path: FieldPath, context: Context): Params[] {
  const addValues = valuesOf(body, path, context);
  const rows = answer('plugin', body, path, context);
  const input =
    isPlainObject(body['input']) && isPlainObject(body['input']['parameters']) ? body['input']['parameters'] : {};
  return wrapping('error generating params', () =>
    rows.map((row) => {
      const params = context.engine.goTemplate ? paramsOf(structuredClone(row) as GoDict) : newDict();
      if (!context.engine.goTemplate) {
        for (const [key, value] of flattened(row as GoValue)) setKey(params, key, goText(value));
      }
      setKey(params, 'generator', paramsOf({ input: paramsOf({ parameters: rawParameters(input) }) }));
      return addValues(params);
    }),
  );
}

/** The plugin's input is held as raw JSON: templates print its bytes. */
function rawParameters(input: Record<string, unknown>): GoValue {
  const bytes = (value: unknown) => `{[${[...Buffer.from(JSON.stringify(value) ?? 'null')].join(' ')}]}`;
  return stringMap(Object.fromEntries(Object.entries(input).map(([key, value]) => [key, bytes(value)])));
}

type Answers = {
  readonly [K in keyof RecordedAnswers]-?: NonNullable<RecordedAnswers[K]> extends Answer<infer T> ? T : never;
};

function answer<K extends keyof RecordedAnswers>(
  kind: K,
  body: GeneratorFields,
  path: FieldPath,
  { world }: Context,
): Answers[K] {
  const given = world.answers[kind] as Answer<Answers[K]> | undefined;
  const found =
    typeof given === 'function' ? (given as (fields: GeneratorFields) => Answers[K] | undefined)(body) : given;
  if (found === undefined) {
    const message = `nobody recorded what the ${kind} generator answers`;
    throw new Refusal('argocd-render-input', message, path, `give it with \`answers: { ${kind}: … }\``);
  }
  checkProvider(kind, body, path);
  return found;
}

/** A generator without a provider is refused before anybody is asked. */
function checkProvider(kind: keyof RecordedAnswers, body: GeneratorFields, path: FieldPath): void {
  const providers = PROVIDERS[kind];
  if (providers === undefined || providers.some((name) => isPlainObject(body[name]))) return;
  const message =
    kind === 'pullRequest'
      ? 'failed to select pull request service provider: no Pull Request provider implementation configured'
      : 'no SCM provider implementation configured';
  refuseGenerator(message, path, `give one of ${providers.join(', ')}`);
}

const PROVIDERS: { readonly [K in keyof RecordedAnswers]?: readonly string[] } = {
  scmProvider: ['github', 'gitlab', 'gitea', 'bitbucketServer', 'azureDevOps', 'bitbucket', 'awsCodeCommit'],
  pullRequest: ['github', 'gitlab', 'gitea', 'bitbucketServer', 'bitbucket', 'azuredevops'],
};
