// node scripts/build.mjs [FOLDER]
import { bundle } from './bundle.mjs';

await bundle(process.argv[2] ?? 'mcp-server/dist');
