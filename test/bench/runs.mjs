// How long a large transcript takes, and how much memory: node test/bench/runs.mjs [cli.mjs] [megabytes]
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';

const TOOLS = ['Read', 'Grep', 'Bash', 'Edit', 'mcp__netbox__get_vlan'];

/** A session in the client's form with answers of some ten kilobytes. */
function generate(path, megabytes) {
  const file = openSync(path, 'w');
  const answer = 'a line of output\n'.repeat(600);
  let bytes = 0;
  let calls = 0;
  for (; bytes < megabytes * 2 ** 20; calls++) {
    const id = `toolu_${calls}`;
    const name = TOOLS[calls % TOOLS.length];
    const input = name === 'Bash' ? { command: `make target-${calls % 50}` } : { path: `src/file-${calls % 400}.ts` };
    const lines = [
      {
        type: 'assistant',
        sessionId: 's',
        message: { id: `m${calls}`, content: [{ type: 'tool_use', id, name, input }] },
      },
      {
        type: 'user',
        sessionId: 's',
        message: { content: [{ type: 'tool_result', tool_use_id: id, content: answer }] },
      },
    ];
    bytes += writeSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  }
  closeSync(file);
  return { bytes, calls };
}

/** @param {string} cli path of cli.mjs */
export function benchRuns(cli, megabytes = 200) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  try {
    const path = join(folder, 'session.jsonl');
    const made = generate(path, megabytes);
    const code = `process.argv = [process.argv[0], ${JSON.stringify(cli)}, 'extract', ${JSON.stringify(path)}, '--json'];
      process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS));
      await import(${JSON.stringify(cli)});`;
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    const peak = /peak (\d+)/.exec(stderr)?.[1];
    if (status !== 0 || peak === undefined) throw new Error(`countersign extract ended with ${status}: ${stderr}`);
    return { ...made, milliseconds: performance.now() - start, peakMebibytes: Number(peak) / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const cli = process.argv[2] ? resolve(process.argv[2]) : join(import.meta.dirname, '../../mcp-server/dist/cli.mjs');
  process.stdout.write(`${JSON.stringify(benchRuns(cli, Number(process.argv[3] ?? 200)), undefined, 2)}\n`);
}
