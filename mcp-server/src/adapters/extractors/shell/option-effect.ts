import { optionValue } from './operands.ts';
import type { ShellWord } from './script.ts';
import type { Effect } from './tools.ts';

// Statements that only answer; a semicolon may begin another one.
const asks = /^\s*(?:select\b(?!.*\binto\b)|show\b|explain\b|desc(?:ribe)?\b|values\b|\\[dl])[^;]*;?\s*$/is;

/** The effect of a program whose options say what it does; undefined where they leave it open. */
export function optionEffect(program: string, args: readonly ShellWord[]): Effect | undefined {
  const has = (test: RegExp) => args.some((arg) => test.test(arg.text));
  if (program === 'curl') {
    const method = /^(?:-X|--request=?)(.*)$/;
    const at = args.findIndex((arg) => method.test(arg.text));
    const verb = at < 0 ? undefined : method.exec(args[at]!.text)?.[1] || args[at + 1]?.text;
    if (verb !== undefined && verb !== '') return /^(?:GET|HEAD|OPTIONS)$/i.test(verb) ? 'read' : 'write';
    return has(/^(?:-d|--data.*|-F|--form|-T|--upload-file|--json)/) ? 'write' : 'read';
  }
  if (program === 'wget') return has(/^--(?:post-data|post-file|method)/) ? 'write' : 'read';
  if (program === 'ansible-playbook' && has(/^(?:--check|-C|--syntax-check|--list-(?:tasks|hosts|tags))$/))
    return 'read';
  if ((program === 'kubectl' || program === 'oc' || program === 'helm') && has(/^--dry-run(?!=none)/)) return 'read';
  if (program === 'ansible') {
    const module = args[args.findIndex((arg) => /^(?:-m|--module-name)$/.test(arg.text)) + 1]?.text ?? '';
    if (
      has(/^(?:--check|-C|--list-hosts)$/) ||
      /^(?:ansible\.builtin\.)?(?:ping|setup|debug|stat|gather_facts|slurp)$/.test(module)
    )
      return 'read';
  }
  if (/^(?:psql|mysql|mariadb)$/.test(program)) {
    const statement = optionValue(args, /^(?:-[a-zA-Z]*[ce]|--command|--execute)$/);
    if (statement === undefined) return has(/^(?:-l|--list|-V|--version)$/) ? 'read' : undefined;
    return asks.test(statement) ? 'read' : undefined;
  }
  if (program === 'gh' && args[0]?.text === 'api') {
    const method = optionValue(args, /^(?:-X|--method)$/);
    if (method !== undefined) return /^GET$/i.test(method) ? 'read' : 'write';
    return has(/^(?:-[fF]|--(?:raw-)?field|--input)/) ? 'write' : 'read';
  }
  if (program === 'iptables' || program === 'ip6tables') return has(/^-(?:[LSC]|-list|-check)/) ? 'read' : undefined;
  if (program === 'firewall-cmd') return has(/^--(?:list|query|get|state)/) ? 'read' : undefined;
  if (program === 'rsync') return has(/^(?:--dry-run|--list-only|-[a-zA-Z]*n[a-zA-Z]*)$/) ? 'read' : undefined;
  if (program === 'sysctl') return has(/^(?:-p|--load|--system)/) ? 'write' : undefined;
  if (program === 'git') return has(/^--dry-run$/) ? 'read' : undefined;
  if (/^(?:apt|apt-get)$/.test(program)) return has(/^(?:-s|--simulate|--dry-run)$/) ? 'read' : undefined;
  return undefined;
}
