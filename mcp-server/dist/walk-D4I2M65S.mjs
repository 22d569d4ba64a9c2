import{sourceTree}from"./chunk-JNSWLXTS.mjs";import"./chunk-GJWKE5EK.mjs";import"./chunk-MILMIKQD.mjs";import"./chunk-BFOBLKSM.mjs";import"./chunk-I6SLY6UU.mjs";export{sourceTree};
