import { allKinds, findKind } from '../../src/checks/registry';

test('every kind that a room exports is found by its group and name', () => {
  const named = allKinds().filter(({ group, kind }) => group !== '' || kind !== 'any kind');
  expect(named.length).toBeGreaterThan(15);
  const anyRules = findKind('', 'Pod')!.rules.length;
  for (const { group, kind } of named)
    expect([kind, findKind(group, kind)!.rules.length > anyRules]).toEqual([kind, true]);
});

test('a kind that nobody knows has the rules that hold for any', () => {
  expect(findKind('example.com', 'Thing')).toBe(findKind('', 'Pod'));
});
