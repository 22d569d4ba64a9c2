import{short}from"./chunk-BFOBLKSM.mjs";var commentText=one=>`comment ${short(one.id)} on ${one.anchors.join(", ")} by ${one.by}: ${JSON.stringify(one.text)}`;export{commentText};
