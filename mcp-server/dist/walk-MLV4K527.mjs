import{sourceTree}from"./chunk-CZR46JMA.mjs";import"./chunk-GJWKE5EK.mjs";import"./chunk-BFOBLKSM.mjs";import"./chunk-I6SLY6UU.mjs";export{sourceTree};
