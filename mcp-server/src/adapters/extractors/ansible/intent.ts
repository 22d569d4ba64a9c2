import type { Span } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, entryOf, spanOf, textOf, truthOf, type YamlNode } from '../yaml/node.ts';
import { type Reading, tidy } from './context.ts';
import type { ModuleCall } from './module.ts';
import { scanCondition, scanNode } from './variables.ts';

/**
 * Decisions, batches, approvals and checks that the keywords of a task, a block or a role in a play say, each by the
 * name of its rule. Conditions are read for their variables here as well.
 */
export function sayControl(
  reading: Reading,
  node: YamlNode,
  owner: Fact | undefined,
  module?: ModuleCall,
  within?: Span,
): void {
  const { file, wanted } = reading;
  const when = entryOf(node, 'when');
  if (when !== undefined) {
    sayConditions(reading, when.value, 'decision', 'ansible-when', within);
    scanCondition(when.value, wanted, owner);
    if (module === undefined || setsVariables.test(module.name)) wanted.offer(when.value);
  }
  for (const key of ['failed_when', 'changed_when', 'until']) scanCondition(childOf(node, key), wanted, owner);
  const until = entryOf(node, 'until');
  if (until !== undefined) sayConditions(reading, until.value, 'check', 'ansible-until');
  for (const entry of entriesOf(node)) {
    if (entry.key !== 'loop' && !entry.key.startsWith('with_')) continue;
    const text = textOf(entry.value);
    const name = text === undefined ? entry.key : tidy(text);
    file.fact({
      kind: 'batch',
      name,
      at: spanOf(entry),
      attributes: { rule: 'ansible-loop', nameFrom: text === undefined ? 'keyword' : undefined },
    });
    scanNode(entry.value, wanted, owner);
  }
  const throttle = entryOf(node, 'throttle');
  if (throttle !== undefined)
    file.fact({
      kind: 'batch',
      name: 'throttle',
      at: spanOf(throttle),
      attributes: { rule: 'ansible-throttle', size: textOf(throttle.value) },
    });
  if (owner !== undefined && module !== undefined) sayModuleIntent(reading, node, owner, module);
}

/** Modules that set variables, themselves or by the tasks they bring; a block may hold some. */
const setsVariables = /^(?:set_fact|include|include_vars|(?:include|import)_(?:tasks|role))$/;

/** One fact a condition: those of a list each at its own line. What a block asks for holds for all lines of the block. */
function sayConditions(
  reading: Reading,
  node: YamlNode,
  kind: 'decision' | 'check',
  rule: string,
  within?: Span,
): void {
  const holds = within === undefined ? {} : { holdsFrom: within.line, holdsUntil: within.endLine };
  const conditions = node.kind === 'seq' ? node.items : [node];
  for (const condition of conditions) {
    const text = textOf(condition);
    if (text !== undefined && text.trim() !== '')
      reading.file.fact({ kind, name: tidy(text), at: condition, attributes: { rule, ...holds } });
  }
}

function sayModuleIntent(reading: Reading, node: YamlNode, owner: Fact, module: ModuleCall): void {
  const { file } = reading;
  const at = { line: node.line, endLine: node.endLine };
  const base = { name: owner.name, at };
  const nameFrom = owner.attributes['nameFrom'];
  if (module.name === 'assert') {
    const that = module.node('that');
    if (that !== undefined) sayConditions(reading, that, 'decision', 'ansible-assert');
    scanCondition(that, reading.wanted, owner);
    file.fact({ kind: 'check', ...base, attributes: { rule: 'ansible-assert', nameFrom } });
  } else if (module.name === 'pause') {
    const waits = ['seconds', 'minutes'].some((key) => module.argument(key) !== undefined);
    const prompt = module.argument('prompt');
    if (prompt !== undefined || !waits)
      file.fact({
        kind: 'approval',
        ...base,
        attributes: { rule: 'ansible-pause', prompt: prompt === undefined ? undefined : tidy(prompt), nameFrom },
      });
  } else if (
    /^(?:win_)?wait_for(?:_connection)?$/.test(module.name) ||
    (module.name === 'uri' && owner.attributes['effect'] === 'read' && module.node('status_code') !== undefined)
  ) {
    file.fact({
      kind: 'check',
      ...base,
      status: 'inferred',
      attributes: { rule: module.name === 'uri' ? 'ansible-uri-status' : 'ansible-wait-for', nameFrom },
    });
  } else if (truthOf(childOf(node, 'check_mode')) === true) {
    file.fact({ kind: 'check', ...base, status: 'inferred', attributes: { rule: 'ansible-check-mode', nameFrom } });
  } else if (module.name.endsWith('rollback')) {
    file.fact({ kind: 'rollback', ...base, attributes: { rule: 'ansible-rollback-module', nameFrom } });
  } else if (module.name === 'debug') {
    scanCondition(module.node('var'), reading.wanted, owner);
  }
}
