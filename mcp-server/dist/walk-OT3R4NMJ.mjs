import{sourceTree}from"./chunk-D3F4N3YN.mjs";import"./chunk-O3MYGED2.mjs";import"./chunk-I6SLY6UU.mjs";export{sourceTree};
