import { childOf, textOf } from '../yaml/node.ts';
import { isAdapterTask, type Task } from './task.ts';

/** What a task does to the world, by the verb in its method; undefined where the verb is not known. */
export interface Effect {
  effect: 'read' | 'write';
  /** Spelt alike for the write and the read of one thing. */
  object: string;
  effectRule: string;
}

const reads =
  /^(?:get|list|query|describe|search|find|show|read|fetch|retrieve|lookup|check|validate|is|has|count|aggregate|export|download|ping|health|test|diff|compare|view|poll|status)(?=[A-Z_\d]|$)/;
const writes =
  /^(?:create|update|delete|post|put|patch|add|set|remove|push|apply|send|write|insert|upsert|replace|modify|attach|detach|associate|disassociate|authorize|revoke|assign|unassign|reserve|release|run|start|stop|restart|reboot|terminate|enable|disable|commit|deploy|install|upload|import|drop|allocate|claim|close|open|move|rename|restore|rollback|activate|execute|provision|configure|publish|produce|transfer|upgrade)(?=[A-Z_\d]|$)/;

/** Tasks of the platform that touch something outside of it. */
const ofPlatform: { readonly [name: string]: 'read' | 'write' } = {
  RunCommandTemplate: 'read',
  RunCommandTemplateSingleCommand: 'read',
  runTemplatesDiff: 'read',
  runTemplates: 'read',
  getDevice: 'read',
  getDeviceConfig: 'read',
  runCompliance: 'read',
  sendEmail: 'write',
  setConfig: 'write',
  applyDeviceConfig: 'write',
};

export function effectOf(task: Task): Effect | undefined {
  const { name, app = 'unknown' } = task;
  const known = ofPlatform[name];
  if (known !== undefined) return { effect: known, object: `${app}:device`, effectRule: 'platform-task' };
  const isOutside = isAdapterTask(task) || /^(?:AGManager|GatewayManager|AutomationGateway)$/.test(app);
  if (!isOutside) return undefined;
  const method = textOf(childOf(task.incoming, 'restMethod')) ?? textOf(childOf(task.incoming, 'method'));
  const bare = name.replace(/^itential_/, '').replace(/^(?:netmiko|ansible|http)_/, '');
  const verb = /^generic/i.test(bare) && method !== undefined ? method.toLowerCase() : bare;
  const object = `${app}:${nounOf(bare)}`;
  if (reads.test(verb)) return { effect: 'read', object, effectRule: 'method-name' };
  return writes.test(verb) ? { effect: 'write', object, effectRule: 'method-name' } : undefined;
}

/** `createSubnet`, `describeSubnets` and `getSubnetById` speak of a subnet. */
function nounOf(method: string): string {
  const words = method
    .replace(reads, '')
    .replace(writes, '')
    .replace(/By[A-Z]\w*$/, '')
    .replace(/_/g, '');
  return words
    .replace(/(?:Id|ID|List|All|Details)$/, '')
    .replace(/ies$/, 'y')
    .replace(/s$/, '')
    .toLowerCase();
}
