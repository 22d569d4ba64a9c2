#!/usr/bin/env node
import{VERSION}from"./chunk-4Y2GP64G.mjs";import"./chunk-I6SLY6UU.mjs";import{realpathSync}from"node:fs";import{fileURLToPath}from"node:url";if(isMain()){let args=process.argv.slice(2);args[0]==="--version"||args[0]==="-V"?process.stdout.write(`countersign ${VERSION}
`):process.exitCode=await start(args)}async function start(args){try{return await(await import("./main-S5HQZNCM.mjs")).main(args)}catch(error){return process.stderr.write(`countersign cannot start: ${error.message}
`),4}}function isMain(){try{return realpathSync(process.argv[1]??"")===fileURLToPath(import.meta.url)}catch{return!1}}
