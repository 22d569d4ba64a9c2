import { validate } from '../../app/validate.ts';
import type { Finding } from '../../domain/finding.ts';
import { RULES } from '../../domain/rules/catalogue.ts';
import { sarif } from '../../domain/rules/sarif.ts';
import { paint, printable, type Terminal } from '../terminal.ts';
import { VERSION } from '../version.ts';
import type { Verb } from './verb.ts';

export const validateVerb: Verb = {
  usage: 'validate [id...] [--strict] [--sarif]',
  options: {
    strict: { type: 'boolean', summary: 'warnings fail too' },
    sarif: { type: 'boolean', summary: 'print a SARIF log, which code hosts show beside the lines' },
  },
  examples: ['validate', 'validate office-vlans --strict', 'validate --sarif > countersign.sarif'],
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
      text:
        options['sarif'] === true
          ? JSON.stringify(sarif(findings, RULES, VERSION), null, 2)
          : [...findings.map((one) => findingText(one, context.terminal)), said].join('\n'),
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
