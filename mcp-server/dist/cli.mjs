#!/usr/bin/env node
import{VERSION}from"./chunk-GDUFH7UY.mjs";import"./chunk-I6SLY6UU.mjs";import{realpathSync}from"node:fs";import{fileURLToPath}from"node:url";if(isMain()){let args=process.argv.slice(2);args[0]==="--version"||args[0]==="-V"?process.stdout.write(`countersign ${VERSION}
`):process.exitCode=await(await import("./main-RESNCCTD.mjs")).main(args)}function isMain(){try{return realpathSync(process.argv[1]??"")===fileURLToPath(import.meta.url)}catch{return!1}}
