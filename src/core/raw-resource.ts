/** The second escape hatch: any kind, as its manifest says it. Kinds we hold a schema of are still validated strictly. */
import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { JsonObject } from '../kernel/manifest';
import { defineKind } from './kind';
import { Resource, type ResourceProps } from './resource';

export interface RawResourceProps extends ResourceProps {
  /** Group and version: `example.com/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: ApiObjectMetadata;
  /** Everything else at the manifest's top level: `{ spec: … }`, `{ data: … }`. */
  readonly body?: JsonObject;
}

export class RawResource extends Resource {
  constructor(scope: Construct, id: string, props: RawResourceProps) {
    const { apiVersion, kind, body = {}, ...rest } = props;
    super(scope, id, defineKind({ apiVersion, kind }), rest, body);
  }
}
