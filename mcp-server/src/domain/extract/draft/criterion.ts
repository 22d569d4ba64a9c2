import type { AttributeValue, Fact } from '../contract.ts';
import { code, list } from './markdown.ts';

/**
 * What is seen when a check holds, in one sentence: what it runs and where, rather than what it is called, since the key of
 * a job or of a probe tells nobody what to look at.
 */
export function criterionOf(check: Fact): string {
  const { attributes, name } = check;
  const commands = texts(attributes['runs']);
  if (commands.length > 0)
    return `${list(commands.map(code))} ${commands.length > 1 ? 'end' : 'ends'} without an error (${code(name)}).`;
  const objects = texts(attributes['objects']);
  if (objects.length > 0) return `${list(objects.map(code))} ${objects.length > 1 ? 'are' : 'is'} ready.`;
  const of = text(attributes['of']) ?? text(attributes['workload']);
  if (attributes['rule'] === 'waits-until-ready' && of !== undefined)
    return `All that ${code(of)} applies becomes ready.`;
  if (attributes['rule'] === 'probe' && of !== undefined) return probed(attributes, of, name);
  const command = text(attributes['command']);
  if (command !== undefined && check.format === 'compose')
    return `In the service ${code(name)}, ${code(command)} ends without an error.`;
  return `The check ${code(name)} passes.`;
}

/** A probe of a container, and where it asks. */
function probed(attributes: Fact['attributes'], workload: string, name: string): string {
  const [path, port, container] = [attributes['path'], attributes['port'], attributes['container']].map(text);
  const asked = [path === undefined ? [] : code(path), port === undefined ? [] : `port ${code(port)}`].flat();
  const who = container === undefined ? code(workload) : `the container ${code(container)} of ${code(workload)}`;
  return `The ${code(name)} of ${who} succeeds${asked.length === 0 ? '' : ` (${asked.join(' on ')})`}.`;
}

function text(value: AttributeValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: AttributeValue | undefined): string[] {
  return Array.isArray(value) ? value.flatMap((one: AttributeValue) => text(one) ?? []) : [];
}
