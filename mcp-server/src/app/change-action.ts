import type { ChangeAction } from '../domain/change/actions.ts';
import type { Actor } from '../domain/ledger/event.ts';
import type { Answer } from './answer.ts';
import {
  abandonChange,
  applyChange,
  changeStatus,
  planChange,
  proposeChange,
  rebaseChange,
  verifyChange,
} from './change.ts';
import type { ChangeView } from './change-view.ts';
import type { Ports } from './ports.ts';

/** The steps of a cycle of change, in their order; `rebase` moves an open one to what was approved meanwhile. */

export interface ChangeInput {
  action: ChangeAction;
  /** The title of a new change, or the reason to abandon one. */
  text?: string | undefined;
  /** With abandon: brings the approved texts back. */
  restore?: boolean | undefined;
  actor: Actor;
}

/** One step of a cycle of change. */
export function changeAction(
  ports: Ports,
  id: string,
  input: ChangeInput,
): Answer<ChangeView> | Promise<Answer<ChangeView>> {
  const { text = '', actor } = input;
  switch (input.action) {
    case 'status':
      return changeStatus(ports, id);
    case 'propose':
      return proposeChange(ports, id, text, actor);
    case 'plan':
      return planChange(ports, id, actor);
    case 'apply':
      return applyChange(ports, id);
    case 'verify':
      return verifyChange(ports, id, actor);
    case 'abandon':
      return abandonChange(ports, id, text, input.restore === true, actor);
    case 'rebase':
      return rebaseChange(ports, id, actor);
  }
}
