import { ansible } from './ansible.ts';
import { docker } from './docker.ts';
import { helm } from './helm.ts';
import { kubernetes } from './kubernetes.ts';
import { localTools } from './local-tools.ts';
import type { Probe } from './probe.ts';
import { terraform } from './terraform.ts';

/** Every probe; adding one is a file and a line here. */
export const PROBES: readonly Probe[] = [localTools, ansible, kubernetes, helm, terraform, docker];
