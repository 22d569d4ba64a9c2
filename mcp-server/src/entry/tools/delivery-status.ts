import { defineTool, delivery } from './tool.ts';

export const deliveryStatus = defineTool({
  name: 'delivery_status',
  title: 'Status',
  description: 'Where deliveries stand: gates, blocks, the next step. Without a name, templates too.',
  kind: 'read',
  input: { delivery: delivery.optional() },
  async handle(input, { ports }) {
    const { currentStatus } = await import('../status.ts');
    const answer = await currentStatus(ports, input.delivery);
    if (input.delivery === undefined)
      return {
        ...answer,
        data: { ...answer.data, templates: (await ports.templates()).list().map(({ name }) => name) },
      };
    // Whoever writes requirements or a design asks where the delivery stands first.
    const { lessonsFor } = await import('../../app/lessons.ts');
    const lessons = lessonsFor(ports, input.delivery);
    return lessons.length === 0 ? answer : { ...answer, data: { ...answer.data, lessons } };
  },
});
