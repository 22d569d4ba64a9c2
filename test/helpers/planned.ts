import { deploySchema, type Tool } from '../../mcp-server/src/domain/deploy/environment.ts';
import { PLANNERS } from '../../mcp-server/src/domain/deploy/planners/catalogue.ts';
import type { PlanContext } from '../../mcp-server/src/domain/deploy/planners/planner.ts';

/** A run of an environment with these settings; the tool saves its plan at `/saved`. */
export const planContext = (settings: object, sets: Record<string, string> = {}): PlanContext => ({
  settings: deploySchema.parse(settings),
  sets,
  saved: '/saved',
});

/** What outputs of the tool's steps come to, where every step ended with 0; `hunter22` stands for a known secret. */
export const projected = (tool: Tool, ...outputs: string[]) => projectedAfter(0, tool, ...outputs);

/** The same, where every step ended with this exit code. */
export const projectedAfter = (exit: number, tool: Tool, ...outputs: string[]) =>
  PLANNERS[tool].project(
    outputs.map((stdout) => ({ exit, stdout })),
    (text) => text.replaceAll('hunter22', '[clean]'),
  );
