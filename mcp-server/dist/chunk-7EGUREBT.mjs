import{record}from"./chunk-C2NSBNB2.mjs";import{redraw}from"./chunk-S5MYEWH2.mjs";import{checkId,loadPolicy}from"./chunk-5VPWPHBJ.mjs";import{stricterTrack}from"./chunk-5XWU54IY.mjs";import{inputFault}from"./chunk-5OZ35EZK.mjs";function createDelivery(ports,input){let{id,actor,template}=input;checkId(id);let title=input.title??id,draft=template===void 0?blankRequirements():templateText(ports,template),track=stricterTrack(loadPolicy(ports).track,input.track??"light");ports.deliveries.prepare(id);let body={nonce:ports.nonce(),title,track,...template===void 0?{}:{template}};return ports.deliveries.locked(id,()=>{refuseStarted(ports,id),record(ports,id,{type:"created",actor,body},[]),ports.deliveries.writeArtifact(id,"requirements.md",withTitle(draft,title,actor))}),redraw(ports,id),{said:`Started ${id} on track ${track}.`,blocks:[],next:`write the requirements (/spec ${id}), then submit requirements`,data:{delivery:id,artifact:`deliveries/${id}/requirements.md`}}}function refuseStarted(ports,id){if(!(!ports.deliveries.exists(id)||ports.deliveries.ledgerFiles(id).length===0))throw inputFault({code:"delivery-exists",message:`there is already a delivery ${id}`,next:`countersign status ${id}, or choose another id`})}function templateText(ports,name){let text=ports.templates.requirements(name);if(text!==void 0)return text;let there=ports.templates.list().map(template=>template.name);throw inputFault({code:"unknown-template",message:`there is no template ${JSON.stringify(name)}`,expected:`one of: ${there.join(", ")}`,next:"countersign new --list shows what each is for"})}function withTitle(draft,title,actor){let owner=actor.kind==="human"?actor.name:"Unassigned";return draft.replace(/^title:.*$/m,()=>`title: ${JSON.stringify(title)}`).replace(/^owner:.*$/m,()=>`owner: ${JSON.stringify(owner)}`)}function blankRequirements(){let sections=["Problem","Goal","Scope","Capabilities","Systems","Requirements","Risks","Limits","Constraints","Questions"],scope=`### In scope

### Out of scope
`;return`---
countersign: requirements/1
title: ""
owner: ""
risk: standard
---

${sections.map(section=>`## ${section}
${section==="Scope"?`
${scope}`:""}`).join(`
`)}`}export{createDelivery};
