import * as z from 'zod';
import { defineProbe, isRefusal } from './probe.ts';
import { credential, isUnset, settingsOf, systemTargets } from './system.ts';
import { yamlIn } from './yaml.ts';

const operation = z.object({ operationId: z.string().optional() }).loose();
/** What is read of an OpenAPI 3 or Swagger 2 document. */
const document = z.object({
  openapi: z.string().optional(),
  swagger: z.string().optional(),
  info: z.object({ version: z.coerce.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ securitySchemes: z.record(z.string(), z.unknown()).optional() }).optional(),
  securityDefinitions: z.record(z.string(), z.unknown()).optional(),
});
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

/** Any HTTP interface that describes itself. The URL of the system is that of the document. */
export const openapi = defineProbe({
  name: 'openapi',
  answers: 'the operations of an interface and how one logs in to it',
  needs: "probes.systems with kind openapi and the document's URL",
  strips: 'examples and descriptions',
  calls: { document: { get: '' } },
  targets: (around) => systemTargets('openapi', around),
  async look(target, hands) {
    const { id } = target;
    const { text, found } = hands;
    const headers = credential(settingsOf(target, hands), hands, 'Bearer ');
    if (isUnset(headers)) return found({ id, kind: 'system', ...headers });
    const answer = await text('document', { headers: { accept: 'application/json, application/yaml', ...headers } });
    if (isRefusal(answer)) return found({ id, kind: 'system', ...answer });
    const parsed = document.safeParse(yamlIn(answer.value));
    if (!parsed.success)
      return found({ id, kind: 'system', outcome: 'not-probed', reason: 'the answer is no OpenAPI document' });
    const { info, paths, components, securityDefinitions } = parsed.data;
    found({ id, kind: 'system', outcome: 'present', version: info.version });
    const offers = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([method]) => METHODS.has(method))
        .map(([method, one]) => {
          const name = operation.safeParse(one).data?.operationId;
          return `${method.toUpperCase()} ${path}${name === undefined ? '' : ` ${name}`}`;
        }),
    );
    found({ id: `${id}/operations`, kind: 'resource', outcome: offers.length > 0 ? 'present' : 'absent', offers });
    const schemes = Object.keys(components?.securitySchemes ?? securityDefinitions ?? {});
    found({ id: `${id}/log-in`, kind: 'right', outcome: schemes.length > 0 ? 'present' : 'absent', offers: schemes });
  },
});
