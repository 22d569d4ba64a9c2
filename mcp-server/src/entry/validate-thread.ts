// One of the threads that validate many deliveries; validate-threads.ts starts it.
import { validate } from '../app/validate.ts';
import { compose } from './compose.ts';
import { doShare } from './share-work.ts';

doShare((given: { cwd: string }) => {
  const { ports } = compose(given.cwd, process.env);
  return (id) => validate(ports, id).data.findings;
});
