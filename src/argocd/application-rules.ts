/** Rules about an Application's project, destination and names, and the list of all of its rules. */
import { isDnsLabel, isDnsSubdomain } from '../schema';
import { annotationRules } from './annotation-rules';
import { applicationSourceRules } from './application-source-rules';
import { applicationSyncRules } from './application-sync-rules';
import { applicationRule, isOpen, sampleApplication } from './rule-support';

const projectEmpty = applicationRule({
  code: 'argocd-app-project-empty',
  severity: 'warning',
  summary: 'An Application names no project.',
  why: 'An empty project is the project default, which permits everything unless it was changed (AC-01; argo-cd util/argo/argo.go, NormalizeApplicationSpec).',
  fix: 'name the project; write default if that is meant',
  wrong: sampleApplication({ project: "''" }),
  right: sampleApplication({ project: 'default' }),
  check({ spec, partial }, report) {
    if (spec.project === '' && !partial) report(['spec', 'project'], "is empty: Argo CD takes the project 'default'");
  },
});

const destinationCluster = applicationRule({
  code: 'argocd-app-destination-cluster',
  severity: 'error',
  summary: 'A destination names its cluster twice, or not at all.',
  why: 'The controller wants exactly one of server and name (AC-10, S-88; argo-cd util/argo/argo.go, GetDestinationServer).',
  fix: 'keep one: server (the URL of the API server) or name (as registered in Argo CD)',
  wrong: sampleApplication({
    destination: '{ server: https://kubernetes.default.svc, name: in-cluster, namespace: shop }',
  }),
  right: sampleApplication({ destination: '{ server: https://kubernetes.default.svc, namespace: shop }' }),
  check({ spec, partial }, report) {
    const { destination } = spec;
    if (destination === undefined) return;
    if (destination.server && destination.name) {
      report(['spec', 'destination'], "application destination can't have both name and server defined");
    } else if (!destination.server && !destination.name && !partial) {
      report(['spec', 'destination'], 'Destination server missing from app spec');
    }
  },
});

const nameInvalid = applicationRule({
  code: 'argocd-app-name-invalid',
  severity: 'error',
  summary: 'A name that an Application refers to cannot exist.',
  why: 'Names of projects and Applications are DNS subdomains, namespaces DNS labels; the controller refuses others (AC-11; argo-cd util/argo/argo.go, IsValidProjectName, IsValidNamespaceName, IsValidAppName).',
  fix: 'use lower-case letters, digits and inner dashes',
  wrong: sampleApplication({ destination: '{ server: https://kubernetes.default.svc, namespace: Shop_Prod }' }),
  right: sampleApplication({ destination: '{ server: https://kubernetes.default.svc, namespace: shop-prod }' }),
  check(application, report) {
    const { spec, metadata, template } = application;
    const namespace = spec.destination?.namespace;
    if (namespace && !isOpen(namespace, application) && !isDnsLabel(namespace)) {
      report(['spec', 'destination', 'namespace'], `${JSON.stringify(namespace)} cannot be a namespace`);
    }
    if (spec.project && !isOpen(spec.project, application) && !isDnsSubdomain(spec.project)) {
      report(['spec', 'project'], `${JSON.stringify(spec.project)} cannot be a project`);
    }
    // An Application's own name is checked with its metadata.
    const name = template ? metadata.name : undefined;
    if (name && !isOpen(name, application) && !isDnsSubdomain(name)) {
      report(['metadata', 'name'], `${JSON.stringify(name)} cannot be the name of an Application`);
    }
  },
});

/** Every rule that one Application, or one template of an ApplicationSet, can break. */
export const applicationRules = [
  projectEmpty,
  destinationCluster,
  nameInvalid,
  ...applicationSourceRules,
  ...applicationSyncRules,
] as const;

export const allApplicationRules = [...applicationRules, ...annotationRules] as const;
