import { ansible } from './ansible.ts';
import { awx } from './awx.ts';
import { clouds } from './clouds.ts';
import { declared } from './declared.ts';
import { docker } from './docker.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { helm } from './helm.ts';
import { itential } from './itential.ts';
import { kubernetes } from './kubernetes.ts';
import { localTools } from './local-tools.ts';
import { mcp } from './mcp.ts';
import { netbox } from './netbox.ts';
import { openapi } from './openapi.ts';
import type { Probe } from './probe.ts';
import { servicenow } from './servicenow.ts';
import { ssh } from './ssh.ts';
import { terraform } from './terraform.ts';

/** Every probe; adding one is a file and a line here. */
export const PROBES: readonly Probe[] = [
  localTools,
  ansible,
  kubernetes,
  helm,
  terraform,
  docker,
  github,
  gitlab,
  ssh,
  clouds,
  awx,
  netbox,
  servicenow,
  itential,
  openapi,
  declared,
  mcp,
];
