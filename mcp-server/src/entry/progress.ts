import { performance } from 'node:perf_hooks';
import { printable } from './terminal.ts';

const quietMs = 1000;

/**
 * Says on standard error how far something is, from its second second on: on a terminal in one line that is rewritten, else a
 * line every five seconds.
 *
 * @param counted what is counted
 */
export function progress(what: string, counted = 'files'): { tick(count: number, at: string): void; done(): void } {
  const { stderr } = process;
  const start = performance.now();
  const everyMs = stderr.isTTY ? 200 : 5000;
  let next = quietMs;
  let shown = false;
  return {
    tick(count, at) {
      const elapsed = performance.now() - start;
      if (elapsed < next) return;
      next = elapsed + everyMs;
      shown = true;
      const line = `${what}: ${count} ${counted}, ${Math.round(elapsed / 1000)} s, ${printable(at).slice(0, 60)}`;
      stderr.write(stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    },
    done() {
      if (shown && stderr.isTTY) stderr.write('\r\u001b[K');
    },
  };
}
