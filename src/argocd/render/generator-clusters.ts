/** `clusters`: one set a matching cluster Secret, and one for the local cluster where it has none. */
import type { FieldPath } from '../../kernel/issue';
import type { Context } from './context';
import { type GoDict, newDict, normalizeName, setKey, stringMap } from './go';
import type { GeneratorFields } from './inputs';
import { isEmpty, type Params, paramsOf } from './params';
import { wrapping } from './refusal';
import { isEmptySelector, selectorMatcher } from './selector';
import { valuesOf } from './values';
import { type Cluster, LOCAL_NAME, LOCAL_SERVER } from './world';

export function generateClusters(body: GeneratorFields, path: FieldPath, context: Context): Params[] {
  const goTemplate = context.engine.goTemplate;
  const matches = wrapping('error getting cluster secrets: error converting label selector', () =>
    selectorMatcher(body['selector'], [...path, 'selector'], 'labels'),
  );
  const matching = context.world.clusters.filter(({ labels }) => matches((key) => ownText(labels, key)));
  // Of two Secrets with one name the later one counts.
  const byName = new Map(matching.map((cluster) => [cluster.name, cluster]));
  const addValues = valuesOf(body, path, context);
  const sets = [...byName.values()].map((cluster) =>
    wrapping('error appending templated values for cluster', () => addValues(clusterParams(cluster, goTemplate))),
  );
  const hasLocal = [...byName.values()].some(({ server }) => server === LOCAL_SERVER);
  if (isEmptySelector(body['selector']) && !hasLocal) {
    const local = { name: LOCAL_NAME, nameNormalized: LOCAL_NAME, server: LOCAL_SERVER, project: '' };
    sets.push(wrapping('error appending templated values for local cluster', () => addValues(paramsOf(local))));
  }
  return body['flatList'] === true ? [paramsOf({ clusters: sets })] : sets;
}

function clusterParams({ name, server, project, labels, annotations }: Cluster, goTemplate: boolean): GoDict {
  const params = paramsOf({ name, nameNormalized: normalizeName(name), server, project });
  const maps = { annotations, labels };
  if (!goTemplate) {
    for (const [kind, map] of Object.entries(maps)) {
      for (const key of Object.keys(map)) setKey(params, `metadata.${kind}.${key}`, map[key]!);
    }
    return params;
  }
  const metadata = newDict();
  for (const [kind, map] of Object.entries(maps)) if (!isEmpty(map)) metadata[kind] = stringMap(map);
  params['metadata'] = metadata;
  return params;
}

function ownText(map: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
