/** Five services in three environments. How they are delivered is one line, and the caller's. */
import { type Environment, GitOpsApp } from 'cdk8s-gitops';
import { Checkout } from './checkout';
import { Foundation } from './foundation';
import { Service } from './services';
import type { Shop } from './shop';

export function microservices(): GitOpsApp<Shop> {
  const app = new GitOpsApp<Shop>({
    repository: { url: 'https://github.com/acme/deploy.git', revision: 'main', path: 'dist' },
  });
  const prometheus = 'http://prometheus.monitoring:9090';

  const dev = app.environment('dev', {
    config: { domain: 'dev.shop.example.com', replicas: 1, prometheus, secrets: 'dev' },
    cluster: { server: 'https://dev.k8s.example.com' },
  });
  const staging = app.environment('staging', {
    config: { domain: 'staging.shop.example.com', replicas: 2, prometheus, secrets: 'staging' },
    cluster: { server: 'https://staging.k8s.example.com' },
    after: dev,
  });
  app.environment('prod', {
    config: { domain: 'shop.example.com', replicas: 5, prometheus, secrets: 'prod' },
    cluster: { server: 'https://prod.k8s.example.com' },
    after: staging,
    production: true,
  });

  app.forEachEnvironment(shop);
  return app;
}

function shop(env: Environment<Shop>): void {
  const foundation = new Foundation(env);
  const catalog = new Service(env, 'catalog', { settings: { CACHE: 'on' } });
  const payments = new Service(env, 'payments', { secrets: { PROVIDER_KEY: 'provider-key' } });
  const notifications = new Service(env, 'notifications', { secrets: { SMTP_PASSWORD: 'smtp-password' } });
  const checkout = new Checkout(env);
  const storefront = new Service(env, 'storefront', {
    settings: { CATALOG: 'http://catalog', CHECKOUT: 'http://checkout' },
  });

  for (const service of [catalog, payments, notifications]) service.dependsOn(foundation);
  checkout.dependsOn(catalog, payments);
  storefront.dependsOn(catalog, checkout);
}
