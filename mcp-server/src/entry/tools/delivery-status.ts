import { defineTool, delivery } from './tool.ts';

export const deliveryStatus = defineTool({
  name: 'delivery_status',
  title: 'Status',
  description: 'Where deliveries stand: gates, blocks, the next step. Without a name, templates too.',
  kind: 'read',
  input: { delivery: delivery.optional() },
  async handle(input, { ports }) {
    const { status } = await import('../../app/status.ts');
    const answer = status(ports, input.delivery);
    return input.delivery === undefined
      ? { ...answer, data: { ...answer.data, templates: ports.templates.list() } }
      : answer;
  },
});
