// The delivery that the end-to-end test deploys: an Ansible role that places a service's configuration on its hosts.

export const requirements = `---
countersign: requirements/1
title: "Service configuration"
owner: "E2E"
risk: standard
refs: [CHG0041]
---

## Problem

The service is configured by hand on every host, and no two hosts have the same file.

## Goal

One role places the configuration, the same way everywhere, and a second run changes nothing.

## Scope

### In scope

- The configuration file of the service on each host.

### Out of scope

- Installing and starting the service.

## Capabilities

### CAP-1: Run Ansible

- Required: yes
- If not available: nothing can be placed

## Systems

| ID | System | Purpose | Required | If not available |
| --- | --- | --- | --- | --- |
| SYS-1 | Service hosts | read the configuration | yes | nothing to configure |

## Requirements

### REQ-1: Configuration on every host

WHEN the role is applied to a host, THE SYSTEM SHALL place the file app.conf of that host with its port and number of workers.

- **AC-1.1** The file of each host names its port and its number of workers.

### REQ-2: Second run

WHEN the role is applied a second time with the same values, THE SYSTEM SHALL change nothing.

- **AC-2.1** The recap of a second run counts 0 changed.

## Risks

### RSK-1: A wrong value reaches every host

- Impact: the service does not start
- Mitigation: staging comes before production

## Limits

| Limit | Value |
| --- | --- |
| max-destroys | 0 |

## Questions

### Q-1: How many workers does production need?

- Answer: four
`;

/** @param {string} platform placeholder or snapshot */
export const feasibility = (platform) => `---
countersign: feasibility/1
decision: feasible-with-constraints
platform: ${platform}
---

## Findings

| Need | Status | Fact | Evidence |
| --- | --- | --- | --- |
| CAP-1 | resolved | Ansible is here | probe:tool/ansible |
| SYS-1 | degraded | the hosts are folders of this machine | stated:E2E |

## Feasibility constraints

- **FC-1** Hosts are reached with the local connection (SYS-1).

## Reuse

Nothing to reuse.

## Open questions

None.
`;

export const design = `---
countersign: design/1
---

## Environment

A control node with Ansible; staging has one host, production two.

## Decisions

### DEC-1: Values by environment

- Choice: one file of values for all environments and one for each, on the local connection (FC-1)
- Rationale: what differs is seen in one place
- Alternatives: group_vars

## Bindings

| Role | System | Adapter | Version |
| --- | --- | --- | --- |
| Service hosts | local hosts | ansible-core | 2.14 or newer |

## Components

### CMP-1: Role

- Kind: Ansible role
- Action: build
- Depends on: none
- Realises: REQ-1, REQ-2
- Paths: roles/, site.yml

## Interfaces

The role takes root, port and workers.

## Failure modes

### The folder of the configuration is missing

- Detection: the task that places the file fails
- Response: the run stops at that host

## Verification

### CHK-1: Every host gets its values

- Criterion: AC-1.1
- Method: command
- Expect: stdout contains workers = 1

\`\`\`sh
root=$(mktemp -d) && ansible-playbook -i inventories/staging -e @values/all.yml -e @values/staging.yml -e "root=$root" site.yml >/dev/null && cat "$root/app1.conf"
\`\`\`

### CHK-2: A second run changes nothing

- Criterion: AC-2.1
- Method: command
- Expect: stdout contains changed=0

\`\`\`sh
root=$(mktemp -d) && run() { ansible-playbook -i inventories/staging -e @values/all.yml -e @values/staging.yml -e "root=$root" site.yml; } && run >/dev/null && run
\`\`\`

## Rollback

Deploy the commit before.

## Environments

### staging

- Kind: shared
- Overlay: values/staging.yml

### prod

- Kind: protected
- Overlay: values/prod.yml
- After: staging
`;

export const playbook = `- hosts: all
  gather_facts: false
  roles: [app_config]
`;

/** Leaves the workers out: its check fails. */
export const templateFirst = 'port = {{ port }}\n';
export const template = 'port = {{ port }}\nworkers = {{ workers }}\n';

export const tasks = `- name: place the configuration
  ansible.builtin.template:
    src: app.conf.j2
    dest: "{{ root }}/{{ inventory_hostname }}.conf"
    mode: "0644"
`;

/**
 * What people keep: hosts and values of the environments, and how each is deployed to.
 *
 * @param {string} live folder of the hosts' files
 * @returns {Record<string, string>} texts by path
 */
export function environments(live) {
  const deploy = (/** @type {string} */ name, /** @type {string} */ host) => `
      tool: ansible
      target: { playbook: site.yml, inventory: inventories/${name} }
      inputs: [roles/, inventories/, values/]
      base: [values/all.yml]
      overlay: [values/${name}.yml]
      before:
        - { name: folder-is-there, run: [test, -d, ${live}/${name}] }
      health:
        - { name: has-port, run: [cat, ${live}/${name}/${host}.conf], contains: 'port = 80', criteria: [AC-1.1] }
      checks:
        - { name: has-workers, run: [grep, -q, workers, ${live}/${name}/${host}.conf], criteria: [AC-1.1] }`;
  return {
    'countersign.yaml': `countersign: policy/1
signing: { key: ~/.ssh/id_countersign }
environments:
  staging:
    deploy:${deploy('staging', 'app1')}
  prod:
    level: signed
    deploy:${deploy('prod', 'app2')}
      after: [staging]
      ticket: CHG*
      limits: { destroys: 0 }
`,
    'inventories/staging': 'app1 ansible_connection=local\n',
    'inventories/prod': 'app1 ansible_connection=local\napp2 ansible_connection=local\n',
    'values/all.yml': 'port: 8080\nworkers: 1\n',
    'values/staging.yml': `root: ${live}/staging\n`,
    'values/prod.yml': `root: ${live}/prod\nworkers: 4\nport: 80\n`,
  };
}
