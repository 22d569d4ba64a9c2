import { join } from 'node:path';
import { keptFindings } from '../../app/kept-findings.ts';
import type { Ports } from '../../app/ports.ts';
import type { Finding } from '../../domain/finding.ts';
import { DELIVERY_ID } from '../../domain/ids.ts';
import { POLICY_FILE } from '../../domain/policy/file.ts';
import { optimiseLater } from '../optimise-later.ts';
import { linked, paint, printable, type Terminal } from '../terminal.ts';
import { programVersion, VERSION } from '../version.ts';
import type { Verb, VerbContext } from './verb.ts';

export const validateVerb: Verb = {
  usage: 'validate [id...] [--strict] [--sarif] [--fix]',
  options: {
    strict: { type: 'boolean', summary: 'warnings fail too' },
    fix: { type: 'boolean', summary: 'first mend what leaves nothing to decide' },
    sarif: { type: 'boolean', summary: 'print a SARIF log, which code hosts show beside the lines' },
  },
  examples: ['validate', 'validate office-vlans --strict', 'validate --sarif > countersign.sarif'],
  arity: [0, 1000],
  async run({ args, options }, context) {
    const ports = context.ports();
    const ids = args.length > 0 ? args : ports.deliveries.list();
    const mended = options['fix'] === true ? await mendAll(ports, ids) : '';
    const findings = await findingsOf(ports, ids, context.cwd);
    const failing = findings.filter(
      (one) => one.severity === 'error' || (options['strict'] === true && one.severity === 'warning'),
    );
    const said = `${ids.length} deliver${ids.length === 1 ? 'y' : 'ies'}, ${findings.length} finding${findings.length === 1 ? '' : 's'}, ${failing.length} failing.${mended}`;
    const next = failing.length === 0 ? '' : 'mend them; each says how';
    const root = await linkRoot(context);
    return {
      answer: { said, blocks: [], next, data: { findings } },
      text:
        options['sarif'] === true
          ? await sarifText(findings)
          : [...findings.map((one) => findingText(one, context.terminal, root)), said].join('\n'),
      exit: failing.length > 0 ? 1 : 0,
    };
  },
};

async function mendAll(ports: Ports, ids: readonly string[]): Promise<string> {
  const { mendFindings } = await import('../../app/mend.ts');
  const all = ids.map((id) => mendFindings(ports, id));
  const mended = all.reduce((sum, one) => sum + one.mended, 0);
  const left = all.flatMap((one) => one.left);
  return ` ${mended} mended${left.length === 0 ? '' : `; submitted texts were left: ${left.join(', ')}`}.`;
}

/** Kept findings are read before parser and rules are loaded: where nothing moved, neither is needed. */
async function findingsOf(ports: Ports, ids: readonly string[], cwd: string): Promise<Finding[]> {
  const program = { version: programVersion(import.meta.url), policy: ports.files.read(POLICY_FILE) };
  const kept = new Map(ids.map((id) => [id, DELIVERY_ID.test(id) ? keptFindings(ports, id, program) : undefined]));
  const missing = [...kept.keys()].filter((id) => kept.get(id)?.findings === undefined);
  const found = new Map<string, Finding[]>();
  const all = missing.length > 0 ? await validateAll(ports, missing, cwd) : [];
  for (const [at, id] of missing.entries()) {
    const findings = all[at]!;
    const key = kept.get(id)?.key;
    // What moved meanwhile was perhaps read before, perhaps after: then these findings are kept under no key.
    if (key !== undefined && key === keptFindings(ports, id, program)?.key) ports.findings.put(id, key, findings);
    found.set(id, findings);
  }
  return ids.flatMap((id) => kept.get(id)?.findings ?? found.get(id)!);
}

async function validateAll(ports: Ports, ids: readonly string[], cwd: string): Promise<Finding[][]> {
  optimiseLater();
  const { validate } = await import('../../app/validate.ts');
  const one = (id: string) => validate(ports, id).data.findings;
  return ids.length > 1 ? (await import('../validate-threads.ts')).findingsTogether(ids, cwd, one) : ids.map(one);
}

async function sarifText(findings: readonly Finding[]): Promise<string> {
  const [{ RULES }, { sarif }] = await Promise.all([
    import('../../domain/rules/catalogue.ts'),
    import('../../domain/rules/sarif.ts'),
  ]);
  return JSON.stringify(sarif(findings, RULES, VERSION), null, 2);
}

/** Where the paths of findings begin, asked only where they become links. */
export const linkRoot = async ({ terminal, cwd }: Pick<VerbContext, 'terminal' | 'cwd'>): Promise<string> =>
  terminal.links === true ? (await import('../compose.ts')).projectRoot(cwd) : '';

/** @param root of the project, as {@link linkRoot} says */
export function findingText(finding: Finding, terminal: Terminal, root: string): string {
  const colour = finding.severity === 'error' ? 'red' : finding.severity === 'warning' ? 'yellow' : 'dim';
  const place = linked(terminal, join(root, finding.path), printable(`${finding.path}:${finding.line}`));
  const head = `${place}: ${paint(terminal, colour, finding.severity)} ${printable(finding.message)} [${finding.rule}]`;
  return `${head}\n    ${paint(terminal, 'cyan', 'fix')} ${printable(finding.fix)}`;
}
