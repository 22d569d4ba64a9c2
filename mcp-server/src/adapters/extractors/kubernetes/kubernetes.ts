import { buildFile } from '../../../domain/extract/build.ts';
import type { Extractor, Fact } from '../../../domain/extract/contract.ts';
import { isHelmTemplate } from '../helm/is-template.ts';
import { documentsIn } from '../yaml/documents.ts';
import { deliveryOf } from './gitops/catalogue.ts';
import { settleGitops } from './gitops/settle.ts';
import { type KubeObject, objectsOf } from './object.ts';
import { podSpecOf } from './pod-spec.ts';
import { resourceFact } from './resource.ts';
import { secretData } from './secret-data.ts';
import { definedSystem, systemCouplings } from './systems.ts';
import { namedTies, selectorTies } from './ties.ts';
import { workloadFacts } from './workload.ts';

const otherFormats = /(?:^|\/)(?:kustomization|Chart|Kustomization)\.ya?ml$|(?:^|\/)Kustomization$/;

/** Kubernetes manifests: every API object of every document, told by apiVersion and kind wherever the file lies. */
export const kubernetes: Extractor = {
  format: 'kubernetes',
  matches(path, head) {
    if (!/\.(?:ya?ml|json)$/.test(path) || otherFormats.test(path)) return false;
    if (!/^\s*(?:- )?(?:"apiVersion"|'apiVersion'|apiVersion)\s*:|[{,]\s*"apiVersion"\s*:/m.test(head)) return false;
    // The kind may lie beyond the head when a large comment or metadata comes first.
    return !isHelmTemplate(path, head);
  },
  settle: settleGitops,
  extract(source) {
    const file = buildFile('kubernetes', source);
    const documents = documentsIn(file, source.text);
    const found: { object: KubeObject; fact: Fact }[] = [];
    for (const object of documents.flatMap(({ root }) => objectsOf(root))) {
      if (/^kustomize\.config\.k8s\.io$/.test(object.group)) continue;
      secretData(file, object);
      const pod = podSpecOf(object);
      const fact = pod === undefined ? resourceFact(file, object) : workloadFacts(file, object, pod);
      definedSystem(file, object);
      systemCouplings(file, object, fact);
      namedTies(file, object, fact);
      deliveryOf(object)?.say(file, object, fact);
      found.push({ object, fact });
    }
    selectorTies(file, found);
    return file.done();
  },
};
