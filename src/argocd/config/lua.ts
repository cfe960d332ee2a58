/**
 * Lua as Argo CD runs it: gopher-lua, which is Lua 5.1 with `goto`. The interpreter at hand speaks 5.3; what it would
 * accept and gopher-lua refuses is found here.
 */
/** Why a script does not parse, in the interpreter's words, or undefined. */
export function luaProblem(script: string): string | undefined {
  const { lua, lauxlib, to_jsstring, to_luastring } = fengari();
  const state = lauxlib.luaL_newstate();
  if (lauxlib.luaL_loadbuffer(state, to_luastring(script), null, to_luastring('=health.lua')) !== lua.LUA_OK) {
    return to_jsstring(lua.lua_tostring(state, -1));
  }
  return laterSyntax(script);
}

/** A Lua state; only the interpreter looks inside. */
export type LuaState = { readonly luaState: unique symbol };

type LuaText = { readonly luaText: unique symbol };
export type LuaFunction = (state: LuaState) => number;

/** The part of fengari's interface that is used here; fengari brings no types. */
export interface Fengari {
  readonly to_luastring: (text: string) => LuaText;
  readonly to_jsstring: (text: LuaText) => string;
  readonly lua: {
    readonly LUA_OK: number;
    readonly LUA_MASKCOUNT: number;
    readonly LUA_TNIL: number;
    readonly LUA_TSTRING: number;
    readonly LUA_TTABLE: number;
    lua_checkstack(state: LuaState, slots: number): boolean;
    lua_createtable(state: LuaState, items: number, fields: number): void;
    lua_next(state: LuaState, index: number): number;
    lua_pcall(state: LuaState, given: number, results: number, handler: number): number;
    lua_pop(state: LuaState, count: number): void;
    lua_pushboolean(state: LuaState, value: boolean): void;
    lua_pushnil(state: LuaState): void;
    lua_pushnumber(state: LuaState, value: number): void;
    lua_pushstring(state: LuaState, value: LuaText): void;
    lua_setglobal(state: LuaState, name: LuaText): void;
    lua_sethook(state: LuaState, hook: LuaFunction, mask: number, count: number): void;
    lua_settable(state: LuaState, index: number): void;
    lua_tostring(state: LuaState, index: number): LuaText;
    lua_type(state: LuaState, index: number): number;
    lua_typename(state: LuaState, type: number): LuaText;
  };
  readonly lauxlib: {
    luaL_error(state: LuaState, message: LuaText): never;
    luaL_loadbuffer(state: LuaState, script: LuaText, size: null, name: LuaText): number;
    luaL_newstate(): LuaState;
    luaL_requiref(state: LuaState, name: LuaText, open: LuaFunction, global: number): void;
    luaL_tolstring(state: LuaState, index: number): LuaText;
  };
  readonly lualib: {
    readonly luaopen_base: LuaFunction;
    readonly luaopen_math: LuaFunction;
    readonly luaopen_os: LuaFunction;
    readonly luaopen_string: LuaFunction;
    readonly luaopen_table: LuaFunction;
  };
}

/** The interpreter, loaded when the first script is met. Whole numbers are printed as Lua 5.1 prints them. */
export function fengari(): Fengari {
  // The two modules need each other; this one must come first.
  require('fengari/src/defs.js');
  const configuration = require('fengari/src/luaconf.js') as { LUA_COMPAT_FLOATSTRING: boolean };
  configuration.LUA_COMPAT_FLOATSTRING = true;
  return require('fengari') as Fengari;
}

/** Text and comments, which may hold anything. */
const OPAQUE =
  /--\[(=*)\[[\s\S]*?\]\1\]|--[^\n]*|\[(=*)\[[\s\S]*?\]\2\]|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g;

/** The script with blanks for its texts and comments, line by line the same. */
export function luaCode(script: string): string {
  return script.replace(OPAQUE, (text) => text.replace(/[^\n]/g, ' '));
}

/** An operator of Lua 5.3 in the script. */
function laterSyntax(script: string): string | undefined {
  const code = luaCode(script);
  const found = /\/\/|<<|>>|&|\||~(?!=)/.exec(code);
  if (found === null) return undefined;
  const line = code.slice(0, found.index).split('\n').length;
  return `health.lua:${line}: unexpected symbol near '${found[0]}': it is of Lua 5.3, and Argo CD runs 5.1`;
}
