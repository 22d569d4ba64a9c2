import type { Extractor } from '../../domain/extract/contract.ts';
import { ansible } from './ansible/ansible.ts';
import { compose } from './compose/extractor.ts';
import { dockerfile } from './dockerfile/extractor.ts';
import { githubActions } from './github-actions/extractor.ts';
import { gitlabCi } from './gitlab-ci/extractor.ts';
import { helm } from './helm/helm.ts';
import { itential } from './itential/extractor.ts';
import { jenkins } from './jenkins/extractor.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';
import { kustomize } from './kustomize/kustomize.ts';
import { make } from './make/make.ts';
import { settings } from './settings/extractor.ts';
import { shell } from './shell/shell.ts';
import { terraform } from './terraform/extractor.ts';
import { terragrunt } from './terragrunt/extractor.ts';

/** Every format that extraction reads, one line each. */
export const extractors: readonly Extractor[] = [
  ansible,
  compose,
  dockerfile,
  githubActions,
  gitlabCi,
  helm,
  itential,
  jenkins,
  kubernetes,
  kustomize,
  make,
  settings,
  shell,
  terraform,
  terragrunt,
];
