function ownedTree(texts){return{async*walk(_root,{wants}){for(let[path,text]of texts)wants(path,text.slice(0,HEAD))&&(yield{kind:"file",file:{path,text}})}}}var HEAD=4096;export{ownedTree};
