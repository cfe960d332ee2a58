import { nearest } from '../../src/kernel/suggest';

test.each([
  ['intervall', ['interval', 'timeout'], 'interval'],
  ['cluster', ['clusters', 'list', 'git'], 'clusters'],
  ['selfheal', ['prune', 'selfHeal'], 'selfHeal'],
  ['lebels', ['labels', 'name'], 'labels'],
  ['anem', ['name', 'data'], 'name'],
])('%s was meant to be one of %j', (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});

test('a name that is near to nothing gets no suggestion', () => {
  expect(nearest('healthCheckTimeout', ['source', 'project', 'destination'])).toBeUndefined();
});
