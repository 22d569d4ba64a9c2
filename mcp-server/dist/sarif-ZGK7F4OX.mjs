import{sarif}from"./chunk-MBLPB2VE.mjs";import"./chunk-I6SLY6UU.mjs";export{sarif};
