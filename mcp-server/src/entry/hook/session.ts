import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is kept of a session by its id, in the plugin's data folder. */
export interface Session {
  /** The delivery it works on. */
  delivery?: string;
  /** Finished deliveries whose paths it has been told about. */
  told?: readonly string[];
}

export const dataFolder = () => process.env['CLAUDE_PLUGIN_DATA'] || join(tmpdir(), 'countersign');
const folder = () => join(dataFolder(), 'sessions');
/** Hex of the id: safe as a name, and loading a hash function would take a third of the hook's own time. */
const file = (session: string) => join(folder(), `${Buffer.from(session).toString('hex').slice(0, 200)}.json`);

export function sessionOf(session: string | undefined): Session {
  if (session === undefined) return {};
  try {
    return JSON.parse(readFileSync(file(session), 'utf8')) as Session;
  } catch {
    return {};
  }
}

function keep(session: string, content: Session): void {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(file(session), JSON.stringify(content));
}

/** Binds a session; the first delivery it names stays until it is unbound or another is named. */
export function bind(session: string | undefined, delivery: string): void {
  if (session === undefined) return;
  const before = sessionOf(session);
  if (before.delivery !== delivery) keep(session, { ...before, delivery });
}

export function unbind(session: string | undefined): void {
  if (session === undefined) return;
  const { delivery: _, ...rest } = sessionOf(session);
  keep(session, rest);
}

/** Remembers that the session knows of a finished delivery; false when it did already. */
export function tellOnce(session: string | undefined, delivery: string): boolean {
  if (session === undefined) return true;
  const before = sessionOf(session);
  if (before.told?.includes(delivery)) return false;
  keep(session, { ...before, told: [...(before.told ?? []), delivery] });
  return true;
}
