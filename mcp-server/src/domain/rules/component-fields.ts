import { ACTIONS, type Component } from '../artifact/design.ts';
import { listValue } from '../artifact/fields.ts';
import { isBuilt } from '../build/order.ts';
import type { Rule } from './rule.ts';
import { quoted } from './section-facts.ts';

const component = (fields: string) => ({ 'design.md': `## Components\n\n### CMP-1: Greeter\n\n${fields}` });

export const componentFields: Rule = {
  id: 'component-fields',
  severity: 'error',
  summary: 'A component says its Kind and Action, the Paths it is built at, and refers to others by their ids.',
  examples: [
    {
      title: 'a component to build, and one that is only used',
      artifacts: component(
        '- **Kind:** script\n- Action: Build\n- Realises: REQ-1\n- Depends on: none\n- Paths:\n  - `greet.py`\n  - `tests/`\n\n### CMP-2: Runner\n\n- Kind: service\n- Action: reuse\n',
      ),
      reports: [],
    },
    { title: 'no fields at all', artifacts: component('A script.\n'), reports: [3, 3] },
    {
      title: 'an action nobody knows, and no paths',
      artifacts: component('- Kind: script\n- Action: make\n\n### CMP-2: B\n\n- Kind: script\n- Action: build\n'),
      reports: [6, 8],
    },
    {
      title: 'names where ids are expected',
      artifacts: component('- Kind: service\n- Action: reuse\n- Realises: greeting\n- Depends on: the runner\n'),
      reports: [7, 8],
    },
  ],
  check: ({ design }) =>
    (design?.components ?? []).flatMap((one) =>
      problems(one).map((problem) => ({ path: design!.path, line: one.line, ...problem })),
    ),
};

function problems(component: Component): { line?: number; message: string; fix: string }[] {
  const { id, fields, kind, action, rawAction, realises, dependsOn, paths } = component;
  const found = [];
  if (kind === '')
    found.push({
      message: `${id} has no Kind`,
      fix: 'add "- Kind: ..." (script, role, module, workflow, service ...)',
    });
  const at = fields.get('action')?.line;
  if (action === undefined)
    found.push({
      ...(at === undefined ? {} : { line: at }),
      message: rawAction === '' ? `${id} has no Action` : `${quoted(rawAction)} is no Action`,
      fix: `add "- Action: ..." with one of ${ACTIONS.join(', ')}`,
    });
  if (isBuilt(component) && paths.length === 0)
    found.push({
      message: `${id} is to ${action} and says no Paths`,
      fix: 'add "- Paths: ..." with files, folders (with a slash at the end) or globs, relative to the project',
    });
  for (const [key, ids, form] of [
    ['realises', realises, 'REQ-n'],
    ['depends on', dependsOn, 'CMP-n'],
  ] as const) {
    const field = fields.get(key);
    if (field !== undefined && ids.length === 0 && listValue(field).length > 0)
      found.push({
        line: field.line,
        message: `${id} ${key} ${quoted(field.values.join(', '))}, which holds no id`,
        fix: `write ids of the form ${form}, separated by commas, or none`,
      });
  }
  return found;
}
