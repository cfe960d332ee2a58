/** Which parameters a text refers to, in either engine. */
import type { CommandNode, ListNode, Node, Operand, PipeNode } from '../../template/go/node';
import { tagsIn } from '../go-template';

export interface Reference {
  /** The names from a parameter set on, up to the first index into a list. */
  readonly names: readonly string[];
  /** The text provides for its absence, by a default or as a condition; `missingkey=error` fails all the same. */
  readonly guarded: boolean;
  /** Only read where the text has asked whether it is there. */
  readonly asked: boolean;
}

/** Functions that make something of what is missing. */
const DEFAULTS = new Set(['default', 'coalesce', 'empty', 'ternary']);
/** Functions that ask whether a name is there. */
const QUESTIONS = new Set(['hasKey', 'dig', 'get', 'kindIs', 'kindOf', 'keys']);

/** Of a Go template; none when it cannot be parsed. What a `range` or `with` sees by the dot is left out. */
export function goReferences(template: string): readonly Reference[] {
  if (!template.includes('{{')) return [];
  try {
    // Most programs have no ApplicationSet.
    const { parseTemplates } = require('../../template/go/parser') as typeof import('../../template/go/parser');
    const trees = parseTemplates(template, { name: TEXT, delimiters: ['{{', '}}'], hasFunction: () => true });
    const root = trees.get(TEXT)?.root;
    const found: Reference[] = [];
    if (root !== undefined) visitList(root, { found, atRoot: true, guarded: false, asked: false });
    return found;
  } catch {
    return [];
  }
}

/** Of a text for the older engine: tags that can be names. */
export function tagReferences(text: string): readonly string[] {
  return text.includes('{{') ? tagsIn(text).filter((tag) => /^[A-Za-z_][\w./[\]-]*$/.test(tag)) : [];
}

const TEXT = 'text';

interface Visit {
  readonly found: Reference[];
  /** Whether the dot is the parameter set. */
  readonly atRoot: boolean;
  readonly guarded: boolean;
  readonly asked: boolean;
}

function visitList(list: ListNode | undefined, visit: Visit): void {
  for (const node of list?.nodes ?? []) visitNode(node, visit);
}

function visitNode(node: Node, visit: Visit): void {
  switch (node.type) {
    case 'action':
      visitPipe(node.pipe, visit);
      break;
    case 'if':
    case 'with':
    case 'range': {
      visitPipe(node.pipe, { ...visit, guarded: true });
      const asked = visit.asked || asks(node.pipe);
      visitList(node.list, { ...visit, asked, atRoot: visit.atRoot && node.type === 'if' });
      visitList(node.elseList, { ...visit, asked });
      break;
    }
    case 'template':
      if (node.pipe !== undefined) visitPipe(node.pipe, visit);
      break;
    default:
      break;
  }
}

function visitPipe(pipe: PipeNode, visit: Visit): void {
  const guarded = visit.guarded || pipe.cmds.some((command) => DEFAULTS.has(functionOf(command) ?? ''));
  const asked = visit.asked || asks(pipe);
  for (const command of pipe.cmds) visitCommand(command, { ...visit, guarded, asked });
}

function visitCommand(command: CommandNode, visit: Visit): void {
  const names = functionOf(command) === 'index' ? indexed(command, visit) : undefined;
  if (names !== undefined) visit.found.push({ names, guarded: visit.guarded, asked: visit.asked });
  for (const operand of names === undefined ? command.args : command.args.slice(2)) visitOperand(operand, visit);
}

function visitOperand(operand: Operand, visit: Visit): void {
  const names = namesOf(operand, visit);
  if (names !== undefined) {
    if (names.length > 0) visit.found.push({ names, guarded: visit.guarded, asked: visit.asked });
  } else if (operand.type === 'pipe') visitPipe(operand, visit);
  else if (operand.type === 'chain') visitOperand(operand.node, visit);
}

/** The names that lead to an operand's value; undefined when it is no part of the parameter set. */
function namesOf(operand: Operand, visit: Visit): readonly string[] | undefined {
  switch (operand.type) {
    case 'dot':
      return visit.atRoot ? [] : undefined;
    case 'field':
      return visit.atRoot ? operand.ident : undefined;
    case 'variable':
      return operand.ident[0] === '$' ? operand.ident.slice(1) : undefined;
    case 'chain': {
      const names = namesOf(operand.node, visit);
      return names && [...names, ...operand.field];
    }
    case 'pipe': {
      const [command] = operand.cmds;
      if (operand.cmds.length !== 1 || command === undefined || operand.decl.length > 0) return undefined;
      if (functionOf(command) === 'index') return whole(command) ? indexed(command, visit) : undefined;
      return command.args.length === 1 && command.args[0]!.type !== 'identifier'
        ? namesOf(command.args[0]!, visit)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** `index .a "b" 0 "c"`: up to the first key that is no constant text. */
function indexed({ args }: CommandNode, visit: Visit): readonly string[] | undefined {
  const names = args[1] && namesOf(args[1], visit);
  if (names === undefined) return undefined;
  const keys: string[] = [];
  for (const key of args.slice(2)) {
    if (key.type !== 'string') break;
    keys.push(key.text);
  }
  return [...names, ...keys];
}

/** Whether all keys of an index are texts, so that a field behind it is one of the value that the names lead to. */
function whole({ args }: CommandNode): boolean {
  return args.slice(2).every(({ type }) => type === 'string');
}

function functionOf({ args }: CommandNode): string | undefined {
  return args[0]?.type === 'identifier' ? args[0].ident : undefined;
}

/** Whether a condition asks if something is there. */
function asks(pipe: PipeNode): boolean {
  return pipe.cmds.some(
    (command) =>
      QUESTIONS.has(functionOf(command) ?? '') ||
      command.args.some((operand) => operand.type === 'pipe' && asks(operand)),
  );
}
