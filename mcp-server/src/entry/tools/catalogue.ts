import { artifactRead } from './artifact-read.ts';
import { artifactWrite } from './artifact-write.ts';
import { asBuiltTool } from './as-built.ts';
import { askDecisionTool } from './ask-decision.ts';
import { deliveryNew } from './delivery-new.ts';
import { deliveryStatus } from './delivery-status.ts';
import { deviationTool } from './deviation.ts';
import { extractTool } from './extract.ts';
import { probeTool } from './probe.ts';
import { reviewTool } from './review.ts';
import { runCheckTool } from './run-check.ts';
import { stateFactTool } from './state-fact.ts';
import { submitTool } from './submit.ts';
import { tasksTool } from './tasks.ts';
import type { Tool } from './tool.ts';
import { validateTool } from './validate.ts';

/** Every MCP tool; at most 15. None can approve by itself: ask_decision needs the person's dialog. */
export const TOOLS: readonly Tool[] = [
  deliveryNew,
  deliveryStatus,
  artifactRead,
  artifactWrite,
  validateTool,
  submitTool,
  askDecisionTool,
  reviewTool,
  probeTool,
  stateFactTool,
  tasksTool,
  runCheckTool,
  deviationTool,
  asBuiltTool,
  extractTool,
];
