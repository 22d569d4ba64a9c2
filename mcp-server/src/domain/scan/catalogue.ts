import type { ScanTool } from './tool.ts';
import { ansibleLint } from './tools/ansible-lint.ts';
import { checkov } from './tools/checkov.ts';
import { gitleaks } from './tools/gitleaks.ts';
import { hadolint } from './tools/hadolint.ts';
import { kubeconform } from './tools/kubeconform.ts';
import { shellcheck } from './tools/shellcheck.ts';
import { terraformValidate } from './tools/terraform-validate.ts';
import { trivy } from './tools/trivy.ts';
import { yamllint } from './tools/yamllint.ts';

/** Every program that may look at what was built, one line each. */
export const SCAN_TOOLS: readonly ScanTool[] = [
  ansibleLint,
  checkov,
  gitleaks,
  hadolint,
  kubeconform,
  shellcheck,
  terraformValidate,
  trivy,
  yamllint,
];
