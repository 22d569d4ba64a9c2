// Generated trees for the bench of extraction: one of each format, and one of many.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

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

const dockerfile = (n) => `FROM alpine:3.${n % 20}
ARG VERSION=1.${n}
RUN apk add --no-cache curl && adduser -D app
COPY service-${n} /usr/local/bin/service
USER app
HEALTHCHECK CMD curl -f http://localhost:8080/health
ENTRYPOINT ["/usr/local/bin/service"]
`;

const makefile = (n) => `REGISTRY ?= registry.example.org
.PHONY: build push
build: ## Builds service ${n}
\tdocker build -t $(REGISTRY)/service-${n} .
push: build
\tdocker push $(REGISTRY)/service-${n}
`;

const template = (n) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "service.fullname" . }}-${n}
spec:
  replicas: {{ .Values.replicas${n} | default 2 }}
  template:
    spec:
      containers:
        - name: service
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          {{- with .Values.resources }}
          resources: {{- toYaml . | nindent 12 }}
          {{- end }}
`;

/** The path and text of the nth file of each format. */
export const kinds = {
  terraform: (n) => [`infra/m${n % 300}/file-${n}.tf`, terraform(n)],
  'ansible tasks': (n) => [`roles/role${n}/tasks/main.yml`, tasks(n)],
  'ansible defaults': (n) => [`roles/role${n}/defaults/main.yml`, defaults(n)],
  kubernetes: (n) => [`manifests/m${n % 40}/service-${n}.yaml`, manifest(n)],
  'github actions': (n) => [`.github/workflows/deploy-${n}.yml`, workflow(n)],
  shell: (n) => [`scripts/deploy-${n}.sh`, script(n)],
  dockerfile: (n) => [`images/service-${n}/Dockerfile`, dockerfile(n)],
  make: (n) => [`images/service-${n}/Makefile`, makefile(n)],
  helm: (n) => [`charts/service/templates/deployment-${n}.yaml`, template(n)],
  unread: (n) => [`docs/page-${n}.md`, `# Page ${n}\n\n${'Some text about it. '.repeat(40)}\n`],
};

/** Shares of the mixed tree. */
const shares = {
  'ansible tasks': 0.25,
  'ansible defaults': 0.15,
  terraform: 0.2,
  shell: 0.1,
  kubernetes: 0.15,
  'github actions': 0.02,
  unread: 0.13,
};

/** @param {string} folder @param {number} count @returns how many files were written */
export function generateMixed(folder, count) {
  return Object.entries(shares).reduce((made, [kind, share]) => made + generate(kind, folder, count * share), 0);
}

/** @param {keyof typeof kinds} kind @param {string} folder @param {number} count */
export function generate(kind, folder, count) {
  const files = Math.round(count);
  for (let n = 0; n < files; n++) {
    const [path, text] = kinds[kind](n);
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  return files;
}
