import { formatImage, tryParseImage } from '../../src/kernel/image';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['nginx', { name: 'nginx' }],
  ['registry:5000/app', { name: 'registry:5000/app' }],
  ['registry:5000/app:1.2', { name: 'registry:5000/app', tag: '1.2' }],
  ['ghcr.io/acme/app:v1', { name: 'ghcr.io/acme/app', tag: 'v1' }],
  [`ghcr.io/acme/app@${DIGEST}`, { name: 'ghcr.io/acme/app', digest: DIGEST }],
  [`ghcr.io/acme/app:v1@${DIGEST}`, { name: 'ghcr.io/acme/app', tag: 'v1', digest: DIGEST }],
])('%s is read by its grammar and written back the same', (text, image) => {
  expect(tryParseImage(text)).toEqual(image);
  expect(formatImage(image)).toBe(text);
});

test.each(['', 'a/b:', 'Acme/app', 'app:', 'app@sha256:abc', 'a b', 'https://ghcr.io/a'])('refuses %j', (text) => {
  expect(tryParseImage(text)).toBeUndefined();
});
