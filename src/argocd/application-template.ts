/** The Application that an ApplicationSet renders, with the conveniences of Application's own props. */
import { isPlainObject } from '../kernel/json';
import type { ApplicationSetSpec } from '../schema/generated/argo-cd';
import { type ApplicationSpecProps, shapeApplicationSpec } from './application-spec';

type Metadata = ApplicationSetSpec['template']['metadata'];

/** Text may hold tags of the generators' parameters; booleans, numbers and lists cannot. */
export interface ApplicationTemplate {
  /** `name` must come out different for each parameter set. The namespace is always the ApplicationSet's. */
  readonly metadata: Metadata;
  readonly spec: ApplicationSpecProps;
}

/** A part of a template, which a generator lays over the ApplicationSet's own. */
export interface ApplicationTemplateOverride {
  readonly metadata?: Metadata;
  readonly spec?: Partial<ApplicationSpecProps>;
}

/**
 * Upstream's shape.
 *
 * @param override whether to add what the API server requires of a part as well
 */
export function shapeTemplate(template: ApplicationTemplate | ApplicationTemplateOverride, override = false): unknown {
  if (!isPlainObject(template)) return template;
  const { metadata, spec } = template;
  if (!override) return { ...template, spec: shapeApplicationSpec(spec as ApplicationSpecProps) };
  const { project = '', destination = {}, ...rest }: Partial<ApplicationSpecProps> = spec ?? {};
  return {
    ...template,
    metadata: metadata ?? {},
    spec: shapeApplicationSpec({ ...rest, project, destination } as ApplicationSpecProps),
  };
}
