import { bundle } from './bundle.mjs';

await bundle('mcp-server/dist');
