import{forgetOldest,forgetOthers,remove}from"./chunk-WTXNPPIV.mjs";import"./chunk-I6SLY6UU.mjs";export{forgetOldest,forgetOthers,remove};
