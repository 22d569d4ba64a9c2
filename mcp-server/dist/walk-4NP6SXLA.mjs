import{sourceTree}from"./chunk-XMEFU5BF.mjs";import"./chunk-O3MYGED2.mjs";import"./chunk-I6SLY6UU.mjs";export{sourceTree};
