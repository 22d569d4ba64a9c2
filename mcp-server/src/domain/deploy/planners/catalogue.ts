import type { Tool } from '../environment.ts';
import { ansible } from './ansible.ts';
import { command } from './command.ts';
import { helmCharts } from './helm.ts';
import { kubernetes } from './kubectl.ts';
import type { Planner } from './planner.ts';
import { terraformLike } from './terraform.ts';

/** Every tool that deploys. */
export const PLANNERS: Readonly<Record<Tool, Planner>> = {
  command,
  ansible,
  kubectl: kubernetes,
  helm: helmCharts,
  terraform: terraformLike('terraform'),
  tofu: terraformLike('tofu'),
};
