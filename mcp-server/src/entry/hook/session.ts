import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Which delivery a session works on, kept by session id in the plugin's data folder. */
export interface Binding {
  delivery: string;
}

const folder = () => join(process.env['CLAUDE_PLUGIN_DATA'] || join(tmpdir(), 'countersign'), 'sessions');
const file = (session: string) =>
  join(folder(), `${createHash('sha256').update(session).digest('hex').slice(0, 32)}.json`);

export function bindingOf(session: string | undefined): Binding | undefined {
  if (session === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(file(session), 'utf8')) as Binding;
  } catch {
    return undefined;
  }
}

/** Binds a session; the first delivery it names stays until it is unbound or another is named. */
export function bind(session: string | undefined, delivery: string): void {
  if (session === undefined || bindingOf(session)?.delivery === delivery) return;
  mkdirSync(folder(), { recursive: true });
  writeFileSync(file(session), JSON.stringify({ delivery }));
}

export function unbind(session: string | undefined): void {
  if (session !== undefined) rmSync(file(session), { force: true });
}
