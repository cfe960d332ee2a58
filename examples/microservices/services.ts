/** Services that are plain Deployments: cdk8s-plus constructs inside an environment stack. */
import { type Environment, EnvironmentStack } from 'cdk8s-gitops';
import { ExternalSecret } from 'cdk8s-gitops/external-secrets';
import { ConfigMap, Deployment, Secret } from 'cdk8s-plus-28';
import { image, NAMESPACE, type Shop, STORE, type VERSIONS } from './shop';

export interface ServiceProps {
  /** @default - the shop's domain only */
  readonly settings?: Readonly<Record<string, string>>;
  /** Environment variables, each to the property of the service's entry in the store. @default - no secret */
  readonly secrets?: Readonly<Record<string, string>>;
}

export class Service extends EnvironmentStack<Shop> {
  constructor(env: Environment<Shop>, name: keyof typeof VERSIONS, props: ServiceProps = {}) {
    super(env, name, { namespace: NAMESPACE });
    const { settings = {}, secrets = {} } = props;

    const config = new ConfigMap(this, 'settings', {
      metadata: { name: `${name}-settings` },
      data: { DOMAIN: env.config.domain, ...settings },
    });

    const deployment = new Deployment(this, name, {
      replicas: env.config.replicas,
      containers: [{ name, image: image(name), portNumber: 8080 }],
    });
    const environment = deployment.containers[0]!.env;
    for (const key of Object.keys(config.data)) environment.addVariable(key, { value: config.data[key] });

    if (Object.keys(secrets).length > 0) {
      const fetched = new ExternalSecret(this, 'credentials', {
        metadata: { name: `${name}-credentials` },
        secretStoreRef: STORE,
        refreshInterval: '1h',
        data: Object.fromEntries(
          Object.entries(secrets).map(([variable, property]) => [
            variable,
            { key: `${env.config.secrets}/${name}`, property },
          ]),
        ),
      });
      const credentials = Secret.fromSecretName(this, 'credentials-ref', fetched.name);
      for (const variable of Object.keys(secrets)) environment.addVariable(variable, credentials.envValue(variable));
    }

    deployment.exposeViaService({ name, ports: [{ port: 80, targetPort: 8080 }] });
  }
}
