import { luaProblem } from '../../../src/argocd/config/lua';
import { LuaError, runHealthCheck } from '../../../src/argocd/config/lua-health';

const CHECK = `
local hs = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.replicas ~= nil then
  hs.message = obj.status.ready .. " of " .. obj.status.replicas .. " are ready"
  if obj.status.ready == obj.status.replicas then hs.status = "Healthy" end
  if table.getn(obj.status.conditions or {}) > 1 then hs.status = "Degraded" end
end
return hs
`;

test('a check sees the object, and its answer comes back', () => {
  expect(runHealthCheck(CHECK, {})).toEqual({ status: 'Progressing', message: '' });
  expect(runHealthCheck(CHECK, { status: { replicas: 3, ready: 3 } })).toEqual({
    status: 'Healthy',
    message: '3 of 3 are ready',
  });
  expect(runHealthCheck(CHECK, { status: { replicas: 3, ready: 1, conditions: [{}, {}] } })).toMatchObject({
    status: 'Degraded',
  });
});

test('an object may be as deep as it likes', () => {
  let deep: object = { end: 'here' };
  for (let level = 0; level < 100; level++) deep = { inner: deep };
  const lua = 'local at = obj\nwhile at.inner do at = at.inner end\nreturn { status = "Healthy", message = at["end"] }';
  expect(runHealthCheck(lua, deep)).toEqual({ status: 'Healthy', message: 'here' });
});

test('null is nothing, numbers are doubles that print as Lua 5.1 prints them', () => {
  expect(
    runHealthCheck('return { status = "Healthy", message = tostring(obj.a) .. obj.b .. 6 / 2 }', { a: null, b: 3e9 }),
  ).toEqual({ status: 'Healthy', message: 'nil30000000003' });
});

test('what Lua 5.1 has is there, what only later ones have is not', () => {
  expect(
    runHealthCheck('return { status = "Healthy", message = unpack({ "a" }) .. loadstring("return 1")() }', {}),
  ).toEqual({ status: 'Healthy', message: 'a1' });
  expect(() => runHealthCheck('return { status = table.pack(1) }', {})).toThrow(LuaError);
  expect(luaProblem('return 7 // 2')).toContain('Lua 5.3');
  expect(luaProblem('-- a // b\nreturn "a // b"')).toBeUndefined();
  expect(luaProblem('if x the end')).toContain('health.lua:1');
});

test('string and math need useOpenLibs, os needs require', () => {
  expect(() => runHealthCheck('return { status = string.lower("A") }', {})).toThrow("'string'");
  expect(() => runHealthCheck('return { status = ("Healthy"):sub(1) }', {})).toThrow(LuaError);
  expect(
    runHealthCheck(
      { health: 'return { status = ("Healthy!"):sub(1, -2), message = "" .. math.pow(2, 3) }', useOpenLibs: true },
      {},
    ),
  ).toEqual({ status: 'Healthy', message: '8' });
  expect(() => runHealthCheck('return { status = "Healthy", message = os.date() }', {})).toThrow("'os'");
  expect(
    runHealthCheck(
      'local os = require("os")\nreturn { status = "Healthy", message = "" .. os.time() }',
      {},
      { now: new Date(5000) },
    ),
  ).toEqual({ status: 'Healthy', message: '5' });
});

test('an answer that Argo CD does not know is Unknown, none is none, another type is an error', () => {
  expect(runHealthCheck('return { status = "Fine" }', {})).toEqual({
    status: 'Unknown',
    message: 'Lua returned an invalid health status',
  });
  expect(runHealthCheck('local a = 1', {})).toEqual({ status: '', message: '' });
  expect(runHealthCheck('return {}', {})).toEqual({ status: '', message: '' });
  expect(() => runHealthCheck('return "Healthy"', {})).toThrow('expect table output from Lua script, not string');
  expect(() => runHealthCheck('return { status = 1 }', {})).toThrow('cannot unmarshal number');
  expect(() => runHealthCheck('error("no")', {})).toThrow('no');
});

test('a check that does not end is ended', () => {
  expect(() => runHealthCheck('while true do end', {})).toThrow('context deadline exceeded');
});
