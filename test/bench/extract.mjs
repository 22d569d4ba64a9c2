// How long extraction takes against just reading the files: a generated tree of many formats, and one of Terraform alone.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';

const terraform = (n) => `variable "name_${n}" {
  type        = string
  description = "Name of network ${n}"
  default     = "net-${n}"
}

resource "aws_vpc" "net_${n}" {
  cidr_block = "10.${n % 250}.0.0/16"
  tags = {
    Name = var.name_${n}
  }
}

output "id_${n}" {
  value       = aws_vpc.net_${n}.id
  description = "Id of network ${n}"
}
`;

const tasks = (n) => `- name: Install package ${n}
  ansible.builtin.package:
    name: "{{ package_${n} }}"
    state: present
  notify: Restart service ${n}

- name: Write configuration ${n}
  ansible.builtin.template:
    src: service.conf.j2
    dest: /etc/service-${n}.conf
  when: configure_${n} | default(true)

- name: Answers ${n}
  ansible.builtin.uri:
    url: http://localhost:${8000 + (n % 1000)}/health
    status_code: 200
  register: health_${n}
  until: health_${n}.status == 200
  retries: 5
`;

const defaults = (n) => `package_${n}: service-${n}\nconfigure_${n}: true\nport_${n}: ${8000 + (n % 1000)}\n`;

const script = (n) => `#!/usr/bin/env bash
set -euo pipefail
ENVIRONMENT="\${1:?name the environment}"
terraform -chdir=infra/${n} apply -auto-approve
kubectl rollout status "deployment/service-${n}" --timeout=120s
curl -fsS "https://$ENVIRONMENT.example.org/${n}"
`;

const manifest = (n) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-${n}
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: service
          image: registry.example.org/service-${n}:1.${n}.0
          resources:
            limits:
              memory: 128Mi
`;

const workflow = (n) => `name: deploy ${n}
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Apply ${n}
        run: ./scripts/deploy-${n}.sh production
`;

/** Shares of a mixed tree; what is left are files that nobody reads. */
const mixed = [
  [0.25, (n) => [`roles/role${n}/tasks/main.yml`, tasks(n)]],
  [0.15, (n) => [`roles/role${n}/defaults/main.yml`, defaults(n)]],
  [0.2, (n) => [`infra/${n}/main.tf`, terraform(n)]],
  [0.1, (n) => [`scripts/deploy-${n}.sh`, script(n)]],
  [0.15, (n) => [`manifests/m${n % 40}/service-${n}.yaml`, manifest(n)]],
  [0.02, (n) => [`.github/workflows/deploy-${n}.yml`, workflow(n)]],
  [0.13, (n) => [`docs/page-${n}.md`, `# Page ${n}\n\n${'Some text about it. '.repeat(40)}\n`]],
];

export function generateMixed(folder, count) {
  let made = 0;
  for (const [share, of] of mixed) for (let n = 0; n < Math.round(count * share); n++, made++) put(folder, of(n));
  return made;
}

export function generateTerraform(folder, count) {
  for (let n = 0; n < count; n++) put(folder, [`modules/m${n % 100}/file-${n}.tf`, terraform(n)]);
  return count;
}

function put(folder, [path, text]) {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

/** Milliseconds of the fastest of some runs. */
function fastest(runs, work) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

function readAll(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += readFileSync(join(entry.parentPath, entry.name), 'utf8').length;
  return bytes;
}

/**
 * @param {string} cli path of cli.mjs
 * @returns figures in milliseconds and mebibytes: start-up alone, reading alone, and the whole program
 */
export function benchExtract(cli, { runs = 3, files = 5000, terraformFiles = 1500 } = {}) {
  const program = (...args) => {
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`countersign ${args.join(' ')} ended with ${status}: ${stderr}`);
  };
  const start = fastest(runs, () => program('extract', '--help'));
  const measure = (generate, count) => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
    try {
      const made = generate(folder, count);
      const reading = fastest(runs, () => readAll(folder));
      const whole = fastest(runs, () => program('extract', folder, '--json'));
      return { files: made, reading, whole, work: whole - start, times: (whole - start) / reading };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return { start, mixed: measure(generateMixed, files), terraform: measure(generateTerraform, terraformFiles) };
}

if (process.argv[1] === import.meta.filename || process.argv[1]?.endsWith('bench/extract.mjs')) {
  const cli = process.argv[2] ?? join(import.meta.dirname, '../../mcp-server/dist/cli.mjs');
  process.stdout.write(`${JSON.stringify(benchExtract(cli), undefined, 2)}\n`);
}
