import{LOCAL_TOOLS,localTools}from"./chunk-ZZQOM6UB.mjs";import"./chunk-I6SLY6UU.mjs";export{LOCAL_TOOLS,localTools};
