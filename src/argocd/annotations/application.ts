/** Annotations that Applications carry: links, notifications, where they are managed, what makes them render anew. */
import { type Annotated, ARGOCD, annotate, LINK, NOTIFICATIONS } from './annotate';

/**
 * An icon in the UI that opens a page. On an Application, or on any object of one.
 *
 * @param name unique on the object
 * @param title what the UI shows. @default - the address
 */
export function link(object: Annotated, name: string, url: string, title?: string): void {
  annotate(object, LINK + name, title === undefined ? url : `${title}|${url}`);
}

export interface Subscription {
  /** The trigger, without dots: `on-sync-failed`. @default - the service's default triggers */
  readonly trigger?: string;
  /** The service as argocd-notifications-cm names it: `slack`, or the name behind `service.slack.`. */
  readonly service: string;
  /** Channels, addresses, whatever the service takes. @default - none: for services that know where to send */
  readonly recipients?: string | readonly string[];
}

/** Notifies about an Application, or about every one of an AppProject. Called again for one trigger and service, it replaces. */
export function subscribe(application: Annotated, { trigger, service, recipients = [] }: Subscription): void {
  const key = ['subscribe', trigger, service].filter((part) => part !== undefined).join('.');
  const value = typeof recipients === 'string' ? recipients : recipients.join(';');
  annotate(application, NOTIFICATIONS + key, value);
}

/** The Argo CD whose UI shows a nested Application, where that is another one. An http or https address. */
export function managedByUrl(application: Annotated, url: string): void {
  annotate(application, `${ARGOCD}managed-by-url`, url);
}

/**
 * The paths whose change makes Argo CD render the Application anew; other commits leave its cache. Relative to the
 * source's path, or from the repository's root with a leading `/`.
 */
export function manifestGeneratePaths(application: Annotated, paths: string | readonly string[]): void {
  const value = typeof paths === 'string' ? paths : paths.join(';');
  annotate(application, `${ARGOCD}manifest-generate-paths`, value);
}

/** The controller leaves the Application, or the cluster of a cluster Secret, alone. */
export function skipReconcile(object: Annotated): void {
  annotate(object, `${ARGOCD}skip-reconcile`, 'true');
}
