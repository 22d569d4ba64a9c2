import { extract } from '../../app/extract.ts';
import { type RebindRow, type Rebound, rebind, rebindAll } from '../../app/rebind.ts';
import { inputFault } from '../../domain/fault.ts';
import { composeExtraction, projectRoot } from '../compose.ts';
import { progress } from '../progress.ts';
import { printable } from '../terminal.ts';
import type { Verb } from './verb.ts';

export const rebindVerb: Verb = {
  usage: 'rebind <id> ROLE|SYSTEM SYSTEM [--draft] | rebind --all ROLE|SYSTEM SYSTEM',
  options: {
    all: { type: 'boolean', summary: 'a table over all deliveries, in the order in which they can be moved' },
    draft: { type: 'boolean', summary: 'print the design as it would be' },
  },
  examples: ['rebind office-vlans "Address management" netbox', 'rebind --all infoblox netbox'],
  arity: [2, 3],
  async run({ args, options }, context) {
    const ports = context.ports();
    const all = options['all'] === true;
    if (args.length !== (all ? 2 : 3))
      throw inputFault({
        code: 'bad-usage',
        message: `rebind ${all ? '--all takes a role or system, and a system' : 'takes a delivery, a role or system, and a system'}`,
        expected: `countersign ${rebindVerb.usage}`,
      });
    const [asked, system] = args.slice(-2) as [string, string];
    const shown = progress('reading');
    const root = projectRoot(context.cwd);
    const tree = await extract(await composeExtraction(context.env, root), root, {
      onProgress: ({ files, path }) => shown.tick(files, path),
    });
    shown.done();
    if (all) {
      const answer = rebindAll(ports, asked, system, tree);
      return { answer, text: [...tableText(answer.data.rows), answer.said].join('\n') };
    }
    const answer = rebind(ports, args[0]!, asked, system, tree);
    if (options['draft'] === true) return { answer, text: answer.data.design ?? '' };
    const next =
      answer.next === '' ? [] : [`  next ${answer.next}`, `  ${context.self} rebind ... --draft prints the new design`];
    return { answer, text: [answer.said, ...impactText(answer.data), ...next].join('\n') };
  },
};

function impactText({ touched }: Rebound): string[] {
  return touched.flatMap(({ component, title, effort, ties, dependents }) => [
    printable(`  ${component ?? '-'} ${title}: ${effort}`),
    ...ties.map(({ class: kind, swap, evidence }) => {
      const places = evidence.slice(0, 4).map(({ path, line }) => `${path}:${line}`);
      const more = evidence.length > places.length ? ` and ${evidence.length - places.length} more` : '';
      return printable(`      ${swap} (${kind}) ${places.join(', ')}${more}`);
    }),
    ...(dependents.length > 0
      ? [
          printable(
            `      rests on it: ${dependents.slice(0, 5).join(', ')}${dependents.length > 5 ? ` and ${dependents.length - 5} more` : ''}`,
          ),
        ]
      : []),
  ]);
}

function tableText(rows: readonly RebindRow[]): string[] {
  const width = Math.max(8, ...rows.map(({ delivery }) => delivery.length));
  return rows.map(({ order, delivery, progress: state, ties, rewrite, dependsOn }) => {
    const after = dependsOn.length > 0 ? `, after ${dependsOn.join(', ')}` : '';
    return `${String(order).padStart(3)}. ${delivery.padEnd(width)}  ${state.padEnd(16)}  ${ties} ties, ${rewrite} to rewrite${after}`;
  });
}
