/**
 * A mapping of plain data: not null, not a list, not an instance of a class. Unlike an identity test against
 * `Object.prototype`, it also knows the plain objects of another realm, such as a test runner's or structuredClone's.
 */
export function isMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
