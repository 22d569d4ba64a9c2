import{itential}from"./chunk-F7SMN3CV.mjs";import"./chunk-OMCH3RXY.mjs";import"./chunk-I6SLY6UU.mjs";export{itential};
