/**
 * Runs a Lua health check at test time, as Argo CD would at run time: base, table and package libraries, `os` by
 * `require` alone, the others with `useOpenLibs`, and an end after what takes about a second.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
import { isPlainObject } from '../../kernel/json';
import { type Fengari, fengari, type LuaState } from './lua';

export const HEALTH_STATUSES = ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'] as const;

export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** A health check, as `customizations` has it. */
export interface LuaHealthCheck {
  /** The script: sees the object as `obj`, returns `{ status = …, message = … }`. */
  readonly health: string;
  /** Opens Lua's standard libraries, `string` and `math` among them. @default false */
  readonly useOpenLibs?: boolean;
}

export interface RunOptions {
  /** What `os.time()` and `os.date()` take for now. @default - the clock */
  readonly now?: Date;
}

/** What Argo CD makes of the object. An empty status: the check returned nothing, so the object's health is not judged. */
export interface HealthResult {
  readonly status: HealthStatus | '';
  readonly message: string;
}

/** A health check failed while it ran; Argo CD shows the object as Unknown with this message. */
export class LuaError extends Error {
  override readonly name = 'LuaError';
}

/**
 * The health of an object by a check.
 *
 * @param check the script, or the customisation it stands in
 * @throws LuaError when the script does not parse, fails, does not end, or returns something else than a table
 */
export function runHealthCheck(check: string | LuaHealthCheck, object: object, options: RunOptions = {}): HealthResult {
  const { health, useOpenLibs = false } = typeof check === 'string' ? { health: check } : check;
  const machine = new Machine(fengari(), useOpenLibs, options.now);
  return machine.run(health, object);
}

/** About as many steps as gopher-lua takes in the second that Argo CD grants. */
const STEPS = 20_000_000;

/** What Lua 5.3 has and 5.1 has not, and what 5.1 has and 5.3 has not. */
const AS_LUA_5_1 = `
local unpack_, table_ = table.unpack, table
unpack = unpack_
loadstring = load
table_.getn = function(list) return #list end
table_.maxn = function(list)
  local most = 0
  for key in pairs(list) do if type(key) == "number" and key > most then most = key end end
  return most
end
table_.unpack, table_.pack, table_.move, rawlen = nil, nil, nil, nil
if math then
  math.pow = function(base, exponent) return base ^ exponent end
  math.tointeger, math.type, math.ult, math.maxinteger, math.mininteger = nil, nil, nil, nil, nil
end
local os_, libraries = safe_os, { table = table_, math = math, string = string }
libraries.os = os_
safe_os = nil
function require(name)
  return libraries[name] or error("module " .. tostring(name) .. " not found")
end
`;

/** One script's interpreter. */
class Machine {
  private readonly state: LuaState;

  constructor(
    private readonly api: Fengari,
    useOpenLibs: boolean,
    now: Date | undefined,
  ) {
    const { lauxlib, lualib } = api;
    this.state = lauxlib.luaL_newstate();
    this.open('_G', lualib.luaopen_base);
    this.open('table', lualib.luaopen_table);
    if (useOpenLibs) {
      this.open('string', lualib.luaopen_string);
      this.open('math', lualib.luaopen_math);
    }
    this.openSafeOs(useOpenLibs, now);
    this.execute(AS_LUA_5_1);
    this.api.lua.lua_pop(this.state, 1);
  }

  run(script: string, object: object): HealthResult {
    const { lua } = this.api;
    this.push(object);
    lua.lua_setglobal(this.state, this.text('obj'));
    lua.lua_createtable(this.state, 0, 0);
    lua.lua_setglobal(this.state, this.text('actionParams'));
    const outOfTime = () => this.api.lauxlib.luaL_error(this.state, this.text('context deadline exceeded'));
    lua.lua_sethook(this.state, outOfTime, lua.LUA_MASKCOUNT, STEPS);
    this.execute(script);
    return this.result();
  }

  private result(): HealthResult {
    const { lua } = this.api;
    const type = lua.lua_type(this.state, -1);
    if (type === lua.LUA_TNIL) return { status: '', message: '' };
    if (type !== lua.LUA_TTABLE) {
      const name = this.api.to_jsstring(lua.lua_typename(this.state, type));
      throw new LuaError(`expect table output from Lua script, not ${name}`);
    }
    const fields = this.fields();
    // Go reads an empty table as an empty list, and forgives it.
    if (fields.size === 0) return { status: '', message: '' };
    const status = fields.get('status') ?? '';
    const message = fields.get('message') ?? '';
    if ((HEALTH_STATUSES as readonly string[]).includes(status)) return { status: status as HealthStatus, message };
    return { status: 'Unknown', message: 'Lua returned an invalid health status' };
  }

  /** The texts of the table on top, by lower-case name, since Go takes a field's name in any case. */
  private fields(): Map<string, string> {
    const { lua, to_jsstring } = this.api;
    const found = new Map<string, string>();
    lua.lua_pushnil(this.state);
    while (lua.lua_next(this.state, -2) !== 0) {
      if (lua.lua_type(this.state, -2) === lua.LUA_TSTRING) {
        const name = to_jsstring(lua.lua_tostring(this.state, -2)).toLowerCase();
        const type = lua.lua_type(this.state, -1);
        if (type === lua.LUA_TSTRING) found.set(name, to_jsstring(lua.lua_tostring(this.state, -1)));
        else if (name === 'status' || name === 'message') {
          const got = to_jsstring(lua.lua_typename(this.state, type));
          throw new LuaError(`json: cannot unmarshal ${got} into Go struct field HealthStatus.${name} of type string`);
        }
      }
      lua.lua_pop(this.state, 1);
    }
    return found;
  }

  private execute(script: string): void {
    const { lua, lauxlib, to_jsstring } = this.api;
    const loaded = lauxlib.luaL_loadbuffer(this.state, this.text(script), null, this.text('=health.lua'));
    if (loaded === lua.LUA_OK && lua.lua_pcall(this.state, 0, 1, 0) === lua.LUA_OK) return;
    throw new LuaError(to_jsstring(lauxlib.luaL_tolstring(this.state, -1)));
  }

  private open(name: string, library: (state: LuaState) => number): void {
    this.api.lauxlib.luaL_requiref(this.state, this.text(name), library, 1);
    this.api.lua.lua_pop(this.state, 1);
  }

  /** `time` and `date` alone. Argo CD registers them in `table` too; a global `os` comes with the open libraries. */
  private openSafeOs(global: boolean, now: Date | undefined): void {
    const { lua } = this.api;
    this.open('os', this.api.lualib.luaopen_os);
    if (now !== undefined) {
      lua.lua_pushnumber(this.state, Math.floor(now.getTime() / 1000));
      lua.lua_setglobal(this.state, this.text('now'));
    }
    this.execute(`
local time, date, now_ = os.time, os.date, now
now = nil
safe_os = {
  time = function(t) if t == nil and now_ then return now_ end return time(t) end,
  date = function(format, t) return date(format or "%c", t or now_) end,
}
table.time, table.date = safe_os.time, safe_os.date
os = ${global ? 'safe_os' : 'nil'}
`);
    lua.lua_pop(this.state, 1);
  }

  /** A JSON value as Lua has it: null is nothing, every number a double. */
  private push(value: unknown): void {
    const { lua } = this.api;
    if (typeof value === 'string') lua.lua_pushstring(this.state, this.text(value));
    else if (typeof value === 'number') lua.lua_pushnumber(this.state, value);
    else if (typeof value === 'boolean') lua.lua_pushboolean(this.state, value);
    else if (Array.isArray(value)) this.pushMembers(value.map((item, index) => [index + 1, item]));
    else if (isPlainObject(value)) this.pushMembers(Object.entries(value));
    else lua.lua_pushnil(this.state);
  }

  private pushMembers(members: readonly (readonly [string | number, unknown])[]): void {
    const { lua } = this.api;
    lua.lua_checkstack(this.state, 3);
    lua.lua_createtable(this.state, 0, members.length);
    for (const [key, member] of members) {
      this.push(key);
      this.push(member);
      lua.lua_settable(this.state, -3);
    }
  }

  private text(text: string) {
    return this.api.to_luastring(text);
  }
}
