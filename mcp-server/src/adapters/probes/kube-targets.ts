import { factId } from '../../domain/feasibility/fact-id.ts';
import { readKubeconfig } from './kubeconfig.ts';
import type { Refusal, Surroundings, Target } from './probe.ts';

/** Environment variables that decide where kubectl and helm connect to. */
export const KUBE_ENV = ['KUBECONFIG'];
/** Nothing is written to the home folder, and no preferences file adds anything. */
export const KUBE_SET = { KUBECACHEDIR: '/nonexistent/countersign', KUBERC: 'off' };

/** The clusters to ask: the contexts that policy names, else the current one. The others are said, not asked. */
export function kubeTargets(prefix: string, around: Surroundings): Target[] | Refusal {
  const config = readKubeconfig(around);
  if (config === undefined) return { outcome: 'not-probed', reason: 'there is no kubeconfig' };
  const { contexts: chosen, 'exec-plugins': plugins } = around.settings.kubernetes;
  const asked = new Set(chosen.length > 0 ? chosen : config.current === undefined ? [] : [config.current]);
  const known = new Set(config.contexts.map(({ name }) => name));
  const missing = [...asked].filter((name) => !known.has(name));
  return [
    ...missing.map((name) => ({ id: factId(prefix, name), refused: 'the kubeconfig has no such context' })),
    ...config.contexts.map(({ name, starts }): Target => {
      const id = factId(prefix, name);
      if (!asked.has(name))
        return { id, refused: 'countersign.yaml does not name this context (probes.kubernetes.contexts)' };
      if (starts !== undefined && !plugins)
        return { id, refused: `its kubeconfig starts ${starts} to log in; probes.kubernetes.exec-plugins allows that` };
      if (name.startsWith('-')) return { id, refused: 'its name would be an option' };
      return { id, values: { context: name } };
    }),
  ];
}
