import{LOCAL_TOOLS,localTools}from"./chunk-SZVDUSEO.mjs";import"./chunk-KPGDQFK6.mjs";import"./chunk-I6SLY6UU.mjs";export{LOCAL_TOOLS,localTools};
