import { validate } from '../../app/validate.ts';
import type { Finding } from '../../domain/finding.ts';
import { paint, printable, type Terminal } from '../terminal.ts';
import type { Verb } from './verb.ts';

export const validateVerb: Verb = {
  usage: 'validate [id...] [--strict]',
  options: { strict: { type: 'boolean', summary: 'warnings fail too' } },
  examples: ['validate', 'validate office-vlans --strict'],
  arity: [0, 1000],
  run({ args, options }, context) {
    const ports = context.ports();
    const ids = args.length > 0 ? args : ports.deliveries.list();
    const findings = ids.flatMap((id) => validate(ports, id).data.findings);
    const failing = findings.filter(
      (one) => one.severity === 'error' || (options['strict'] === true && one.severity === 'warning'),
    );
    const said = `${ids.length} deliver${ids.length === 1 ? 'y' : 'ies'}, ${findings.length} finding${findings.length === 1 ? '' : 's'}, ${failing.length} failing.`;
    const next = failing.length === 0 ? '' : 'mend them; each says how';
    return {
      answer: { said, blocks: [], next, data: { findings } },
      text: [...findings.map((one) => findingText(one, context.terminal)), said].join('\n'),
      exit: failing.length > 0 ? 1 : 0,
    };
  },
};

export function findingText(finding: Finding, terminal: Terminal): string {
  const colour = finding.severity === 'error' ? 'red' : finding.severity === 'warning' ? 'yellow' : 'dim';
  const place = printable(`${finding.path}:${finding.line}`);
  const head = `${place}: ${paint(terminal, colour, finding.severity)} ${printable(finding.message)} [${finding.rule}]`;
  return `${head}\n    ${paint(terminal, 'cyan', 'fix')} ${printable(finding.fix)}`;
}
