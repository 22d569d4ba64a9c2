// One of the threads that verify many deliveries; verify-threads.ts starts it.
import { trustedRef } from '../app/trusted-ref.ts';
import { verifyDelivery } from '../app/verify-delivery.ts';
import { compose } from './compose.ts';
import { doShare } from './share-work.ts';
import type { Given } from './verify-threads.ts';

doShare(({ cwd, ref, ...by }: Given) => {
  const { ports } = compose(cwd, process.env);
  const yardstick = { ...by, ref: ref === undefined ? undefined : trustedRef(ports, ref) };
  return (id) => verifyDelivery(ports, id, yardstick);
});
