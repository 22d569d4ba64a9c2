import{conflictsOf}from"./chunk-IRBEYCMZ.mjs";import{EXPECT_FORMS,REPEAT_FORMS,readExpectation,readRepeat}from"./chunk-IZZI2U3C.mjs";import{citationsOf,samePerson}from"./chunk-A2YWVUBX.mjs";import{isKnownNeed,matchesFor}from"./chunk-2XLH327P.mjs";import{extractionNoteOf}from"./chunk-ODMVUJWS.mjs";import{append}from"./chunk-2AMG7OHC.mjs";import{byPlace}from"./chunk-YHRLVGHR.mjs";import{sentencesOf}from"./chunk-OOJ6DJYW.mjs";import{LIMIT_EXAMPLE,LIMIT_KINDS,limitKind}from"./chunk-HFNU2D5S.mjs";import{ACTIONS,METHODS,NEED_STATUSES,buildOrder,checkOwners,decide,isBuilt,outcomes,readDesign,readFeasibility,tooOptimistic}from"./chunk-7YM3MNQM.mjs";import{allFieldsOf,declaredIds,fieldsOf,inferredBy,keyLine,listValue,readRequirements}from"./chunk-RAL7Y6SJ.mjs";import{MAX_NESTING,bareTitle,blockId,deepHeadingsOf,isEntryId,itemsOf,listEntries,overDeep,paragraphsOf,remember,sectionOf,tablesOf}from"./chunk-6WN32SVH.mjs";import{isElsewhere}from"./chunk-KY3VCQGN.mjs";import{idsIn,requirementOf}from"./chunk-WMDN5BCF.mjs";var check=(command2,expect="")=>({"design.md":`## Verification

### CHK-1: A

- Method: command
${expect}
\`\`\`sh
${command2}
\`\`\`
`}),checkAssertsNothing={id:"check-asserts-nothing",severity:"warning",summary:"A check can fail: its command does more than print a text or succeed whatever happens.",examples:[{title:"a command whose exit tells something",artifacts:check(`set -e
python3 greet.py Ann
echo done`),reports:[]},{title:"a command that may fail, with an expectation of its output",artifacts:check("python3 greet.py Ann || true",`- Expect: stdout contains Ann
`),reports:[]},{title:"a file that has to be there",artifacts:check("true",`- Expect: file greet.py exists
`),reports:[]},{title:"a printed value that is compared",artifacts:check('echo "$(python3 greet.py Ann)"',`- Expect: stdout contains Ann
`),reports:[]},{title:"nothing but success",artifacts:check(`# later
true`),reports:[7]},{title:"a text that is printed and then found",artifacts:check('echo "all ok"',`- Expect: stdout contains ok
`),reports:[8]},{title:"a failure that is thrown away",artifacts:check(`python3 greet.py Ann || true
exit 0`),reports:[7]},{title:"an expectation that everything meets",artifacts:check('printf "%s" "$(python3 greet.py)"',`- Expect: stdout matches /.*/
`),reports:[8]}],check:({design:design2})=>(design2?.checks??[]).filter(check3=>check3.method==="command"&&check3.command!==void 0&&assertsNothing(check3)).map(({id,command:command2})=>({path:design2.path,line:command2.line,message:`${id} passes whatever the automation does`,fix:"run what was built and let its exit, its output or a file decide"}))};function assertsNothing({command:command2,expect}){let expectations=expect.map(({text:text2})=>readExpectation(text2));if(expectations.includes(void 0))return!1;let demanding=expectations.filter(one=>one!==void 0&&canFail(one));if(demanding.some(one=>one.kind==="file-exists"||one.kind==="file-contains"))return!1;let statements=statementsOf(command2.text);return demanding.length>0?statements.every(printsConstant):statements.every(one=>isInert(one)||/\|\|\s*(?:true|:|exit 0)$/.test(one))}function canFail(expectation){return expectation.kind==="exit"?!1:expectation.kind!=="matches"||!new RegExp(expectation.pattern,expectation.flags).test("")}function statementsOf(text2){return text2.replace(/\\\n/g," ").split(/\n|;|&&/).map(part=>part.replace(/(?:^|\s)#.*$/,"").trim()).filter(part=>part!=="")}var PRINTS=/^(?:echo|printf)\b[^|<>]*$/,SETS=/^(?:true|:|exit(?: \d+)?|set [-+]\w.*|cd\b.*|sleep \S+|export \w+=[^$`|]*|\w+=[^\s$`|]*)$/,isInert=statement=>PRINTS.test(statement)||SETS.test(statement),printsConstant=statement=>SETS.test(statement)||PRINTS.test(statement)&&!/[$`]/.test(statement);var SECTIONS={"requirements.md":[{title:"Problem",holds:"what is wrong today, and for whom",required:!0},{title:"Goal",holds:"what will be different, in terms someone can check",required:!0},{title:"Scope",holds:"what is in scope and what is out of scope",required:!0},{title:"Capabilities",holds:"what the platform has to offer",prefix:"CAP",form:"blocks"},{title:"Systems",holds:"the roles that other systems play",prefix:"SYS",form:"table",columns:["ID","System","Purpose","Required","If not available"]},{title:"Requirements",holds:"what the automation SHALL do, each requirement with its acceptance criteria",required:!0,prefix:"REQ",form:"blocks"},{title:"Risks",holds:"what may go wrong",prefix:"RSK",form:"blocks"},{title:"Limits",holds:"the bounds of one run",form:"table",columns:["Limit","Value"]},{title:"Constraints",holds:"what the solution has to respect",prefix:"CON",form:"entries"},{title:"Questions",holds:"what is not settled yet",prefix:"Q",form:"entries"}],"feasibility.md":[{title:"Findings",holds:"what was found about every capability and system",required:!0,form:"table",columns:["Need","Status","Fact","Evidence"]},{title:"Feasibility constraints",holds:"what makes a weak finding workable",prefix:"FC",form:"entries"},{title:"Open questions",holds:"what could not be found out",prefix:"Q",form:"entries"}],"design.md":[{title:"Decisions",holds:"what was chosen and why",prefix:"DEC",form:"blocks"},{title:"Bindings",holds:"which system fills each role",form:"table",columns:["Role","System","Adapter","Version"]},{title:"Components",holds:"what is built, and where it lies",required:!0,prefix:"CMP",form:"blocks"},{title:"Verification",holds:"how each criterion is checked",required:!0,prefix:"CHK",form:"blocks"},{title:"Configuration",holds:"every variable that an environment sets",form:"table",columns:["Name","Required","Format","Default","Secret","Meaning"]},{title:"Rollback",holds:"how to get back to where things were",required:!0}]};function knownSections(input){return[["requirements.md",input.requirements],["feasibility.md",input.feasibility],["design.md",input.design]].flatMap(([name,artifact])=>artifact===void 0?[]:(SECTIONS[name]??[]).map(facts2=>({path:artifact.path,doc:artifact.doc,facts:facts2,section:sectionOf(artifact.doc,facts2.title)})))}function quoted(text2){let line=text2.replace(/\s+/g," ").trim();return JSON.stringify(line.length>60?`${line.slice(0,59)}…`:line)}var check2=body=>({"design.md":`## Verification

### CHK-1: Greets

- Criterion: AC-1.1
${body}`}),fence=(lang,command2)=>`
\`\`\`${lang}
${command2}
\`\`\`
`,checkFields={id:"check-fields",severity:"error",mandatory:!0,summary:"A check names what it verifies and its Method: a command to run with readable expectations, a text that says what to look at, or the reason why it cannot be tested.",examples:[{title:"a command with its expectations",artifacts:check2(`- Method: command
- Expect:
  - exit 0
  - stdout contains Ann
  - stdout matches /^Hello/m
${fence("sh","python3 greet.py Ann")}`),reports:[]},{title:"an inspection that says what to look at",artifacts:check2(`- Method: inspection

The message names the missing variable.
`),reports:[]},{title:"a reason instead of a test",artifacts:check2(`- Method: not-testable
- Reason: needs a power cut
`),reports:[]},{title:"no method, and one nobody knows",artifacts:check2(`
### CHK-2: B

- Component: CMP-1
- Method: look
`),reports:[3,10]},{title:"a command that is not there",artifacts:check2(`- Method: command

\`python3 greet.py\`
`),reports:[3]},{title:"a command in another language",artifacts:check2(`- Method: command
${fence("python","print(1)")}`),reports:[8]},{title:"expectations that cannot be read",artifacts:check2(`- Method: command
- Expect: it works
${fence("bash","python3 greet.py Ann")}`),reports:[7]},{title:"a folder outside, a time that is none, a variable without a value",artifacts:check2(`- Method: command
- Folder: ../x
- Time limit: soon
- Variables: A
${fence("argv",`python3
greet.py`)}`),reports:[7,8,9]},{title:"a second run",artifacts:check2(`- Method: command
- Expect: again changes nothing
${fence("sh","python3 greet.py")}`),reports:[]},{title:"nothing to look at, and no reason",artifacts:check2(`- Method: manual

### CHK-2: B

- Criterion: AC-1.2
- Method: not-testable
`),reports:[3,8]},{title:"a check of nothing",artifacts:{"design.md":`## Verification

### CHK-1: A

- Criterion: it greets
- Method: inspection

Look.
`},reports:[5]}],check:({design:design2})=>(design2?.checks??[]).flatMap(one=>[...subject(one),...method(one)].map(problem=>({path:design2.path,line:one.line,...problem})))};function subject({id,criteria:criteria2,component:component4,fields}){if(criteria2.length>0||component4!==void 0)return[];let field=fields.get("criterion")??fields.get("criteria")??fields.get("component");return[{...field===void 0?{}:{line:field.line},message:`${id} does not say what it verifies`,fix:'add "- Criterion: AC-n.m", or "- Component: CMP-n" for a check of a component as a whole'}]}function method(check3){let{id,rawMethod,reason,fields}=check3,line=fields.get("method")?.line;switch(check3.method){case void 0:return[{...line===void 0?{}:{line},message:rawMethod===""?`${id} has no Method`:`${quoted(rawMethod)} is no Method`,fix:`add "- Method: ..." with one of ${METHODS.join(", ")}`}];case"command":return[...command(check3),...settings(check3)];case"not-testable":return reason!==""?[]:[{message:`${id} is not testable and does not say why`,fix:'add "- Reason: ..."'}];case"inspection":case"manual":return saysMore(check3)?[]:[{message:`${id} does not say what to look at`,fix:"write below it what a person does and has to see"}]}}function command({id,command:command2,expect}){let block="put the command into a fenced block, at the margin, that starts with ```sh or ```bash",found=[];command2===void 0||command2.text.trim()===""?found.push({message:`${id} has no command to run`,fix:block}):/^(?:sh|bash|argv)$/.test(command2.lang)||found.push({line:command2.line,message:`${id}: a block of ${quoted(command2.lang)} is not run`,fix:block});for(let{text:text2,line}of expect)readExpectation(text2)===void 0&&readRepeat(text2)===void 0&&found.push({line,message:`${id}: ${quoted(text2)} is no expectation`,fix:`one a line, as a nested list: ${[...EXPECT_FORMS,...REPEAT_FORMS].join("; ")}`});return found}var settings=({id,settings:{problems:problems5}})=>problems5.map(({line,text:text2})=>({line,message:`${id}: ${text2}`,fix:"Folder: a folder of the project; Time limit: 90 s or 5 min; Variables: NAME=value, one each"})),HEADERS=/^(?:criterion|criteria|method|component|priority):/i;function saysMore({block}){return block===void 0?!1:paragraphsOf(block).length>0||itemsOf(block).some(item=>!HEADERS.test(item.text))}var component=(number,dependsOn)=>`### CMP-${number}: A

- Depends on: ${dependsOn}

`,componentCycle={id:"component-cycle",severity:"error",mandatory:!0,summary:"Components do not depend on one another in a circle, or there is no order to build them in.",examples:[{title:"two that depend on a third",artifacts:{"design.md":`## Components

${component(1,"none")}${component(2,"CMP-1")}${component(3,"CMP-1, CMP-2")}`},reports:[]},{title:"a circle of two, with a third that hangs on it",artifacts:{"design.md":`## Components

${component(1,"CMP-2")}${component(2,"CMP-1")}${component(3,"CMP-1")}`},reports:[5]},{title:"a component that depends on itself, and another circle",artifacts:{"design.md":`## Components

${component(1,"CMP-1")}${component(2,"CMP-4")}${component(3,"CMP-2")}${component(4,"CMP-3")}`},reports:[5,9]}],check:({design:design2})=>circles(buildOrder(design2?.components??[]).cycle).map(circle=>{let ids=circle.map(one=>one.id),shown=ids.length>8?[...ids.slice(0,4),"...",ids.at(-1)]:ids;return{path:design2.path,line:circle[0].fields.get("depends on")?.line??circle[0].line,message:`these depend on one another in a circle: ${[...shown,ids[0]].join(" -> ")}`,fix:"remove one of these dependencies, or move what both need into a component of its own"}})};function circles(unplaced){let known=new Map(unplaced.map(component4=>[component4.id,component4])),walked=new Set,found=[];for(let start of unplaced){let walk=[],at=new Map,next=start;for(;next!==void 0&&!walked.has(next.id);){walked.add(next.id),at.set(next.id,walk.length),walk.push(next);let onward=next.dependsOn.find(id=>known.has(id));next=onward===void 0?void 0:known.get(onward)}let first=next===void 0?void 0:at.get(next.id);first!==void 0&&found.push(walk.slice(first))}return found}var component2=fields=>({"design.md":`## Components

### CMP-1: Greeter

${fields}`}),componentFields={id:"component-fields",severity:"error",summary:"A component says its Kind and Action, the Paths it is built at, and refers to others by their ids.",examples:[{title:"a component to build, and one that is only used",artifacts:component2(`- **Kind:** script
- Action: Build
- Realises: REQ-1
- Depends on: none
- Paths:
  - \`greet.py\`
  - \`tests/\`

### CMP-2: Runner

- Kind: service
- Action: reuse
`),reports:[]},{title:"no fields at all",artifacts:component2(`A script.
`),reports:[3,3]},{title:"an action nobody knows, and no paths",artifacts:component2(`- Kind: script
- Action: make

### CMP-2: B

- Kind: script
- Action: build
`),reports:[6,8]},{title:"names where ids are expected",artifacts:component2(`- Kind: service
- Action: reuse
- Realises: greeting
- Depends on: the runner
`),reports:[7,8]}],check:({design:design2})=>(design2?.components??[]).flatMap(one=>problems(one).map(problem=>({path:design2.path,line:one.line,...problem})))};function problems(component4){let{id,fields,kind,action,rawAction,realises,dependsOn,paths}=component4,found=[];kind===""&&found.push({message:`${id} has no Kind`,fix:'add "- Kind: ..." (script, role, module, workflow, service ...)'});let at=fields.get("action")?.line;action===void 0&&found.push({...at===void 0?{}:{line:at},message:rawAction===""?`${id} has no Action`:`${quoted(rawAction)} is no Action`,fix:`add "- Action: ..." with one of ${ACTIONS.join(", ")}`}),isBuilt(component4)&&paths.length===0&&found.push({message:`${id} is to ${action} and says no Paths`,fix:'add "- Paths: ..." with files, folders (with a slash at the end) or globs, relative to the project'});for(let[key,ids,form]of[["realises",realises,"REQ-n"],["depends on",dependsOn,"CMP-n"]]){let field=fields.get(key);field!==void 0&&ids.length===0&&listValue(field).length>0&&found.push({line:field.line,message:`${id} ${key} ${quoted(field.values.join(", "))}, which holds no id`,fix:`write ids of the form ${form}, separated by commas, or none`})}return found}var component3=paths=>({"design.md":`## Components

### CMP-1: A

- Action: build
- Paths: ${paths}
`}),componentPath={id:"component-path",severity:"error",mandatory:!0,summary:'The paths of a component are relative to the project, stay inside it, use "/", and leave the deliveries alone.',examples:[{title:"a file, a folder, globs, and a file in another repository",artifacts:component3("greet.py, `roles/vlan/`, tests/**/*.py, ./Makefile, https://git.example.net/net/lib@4f2a91c"),reports:[]},{title:"an absolute path and one of Windows",artifacts:component3("/etc/hosts, C:/tools/a.ps1"),reports:[6,6]},{title:"a path that leaves the project",artifacts:component3("../shared/a.py, src/../../b.py"),reports:[6,6]},{title:"backslashes",artifacts:component3("`roles\\vlan\\tasks.yml`"),reports:[6]},{title:"the record itself",artifacts:component3("deliveries/dns/notes.md, .git/hooks/"),reports:[6,6]},{title:"everything",artifacts:component3("`**`, ."),reports:[6,6]}],check:({design:design2})=>(design2?.components??[]).flatMap(component4=>component4.paths.flatMap(pattern=>{let problem=problemOf(pattern);if(problem===void 0)return[];let line=component4.fields.get("paths")?.line??component4.line;return[{path:design2.path,line,message:`${component4.id}: ${quoted(pattern)} ${problem[0]}`,fix:problem[1]}]}))};function problemOf(pattern){if(isElsewhere(pattern))return;let relative="write it relative to the project";if(pattern.includes("\\"))return["has a backslash",'separate folders with "/"'];if(/^(?:\/|~|[A-Za-z]:)/.test(pattern))return["is not relative",relative];let parts=pattern.split("/").filter(part=>part!==""&&part!==".");if(parts.includes(".."))return["may leave the project",`${relative}, without ".."`];if(parts[0]?.toLowerCase()==="deliveries"||parts[0]?.toLowerCase()===".git")return["belongs to the record, not to what is built","choose a path outside it"];if(parts.every(part=>/^\*+$/.test(part)))return["claims the whole project","name the files or folders"]}var design=more=>({"design.md":`## Components

### CMP-1: Library

- Action: build

### CMP-2: Tool

- Action: build
- Depends on: CMP-1
- Realises: REQ-1

## Verification

### CHK-1: Greets

- Criterion: AC-1.1
${more}`}),componentWithoutCheck={id:"component-without-check",severity:"error",summary:"Every component that is built has a check of its own, so that it is verified before what depends on it is built. A check belongs to the component it names, else to the last in build order of those that realise its criterion.",examples:[{title:"a check for each",artifacts:design(`
### CHK-2: Library loads

- Component: CMP-1
`),reports:[]},{title:"a library whose checks all belong to the tool",artifacts:design(""),reports:[3]},{title:"a service that is only used",artifacts:{"design.md":`## Components

### CMP-1: Runner

- Action: reuse
`},reports:[]}],check({design:design2}){if(design2===void 0)return[];let verified=new Set(checkOwners(design2).values());return design2.components.filter(component4=>isBuilt(component4)&&!verified.has(component4.id)).map(({id,line,realises})=>({path:design2.path,line,message:realises.length===0?`no check verifies ${id}`:`no check verifies ${id}: the checks of ${realises.join(", ")} belong to a component that is built later, or there are none`,fix:`add "- Component: ${id}" to the check that shows it works, or a check with that line`}))}};var requirements=`## Constraints

- **CON-1** No new server.
`,constraintAnswered={id:"constraint-answered",severity:"warning",atSubmission:"error",summary:"The design refers to every constraint of the requirements and of the feasibility, so that none is forgotten.",examples:[{title:"a constraint that a decision names",artifacts:{"requirements.md":requirements,"design.md":`## Decisions

### DEC-1: Runner

- Choice: the CI runner
- Rationale: CON-1
`},reports:[]},{title:"constraints that nothing names",artifacts:{"requirements.md":requirements,"feasibility.md":`## Feasibility constraints

- **FC-1** SYS-1 is read only.
`,"design.md":`# D

## Decisions

None.
`},reports:[3,3]}],check({requirements:requirements5,feasibility,design:design2}){if(design2===void 0)return[];let named=new Set(idsIn(design2.doc.text));return[...requirements5?.constraints??[],...feasibility?.constraints??[]].filter(({id})=>!named.has(id)).map(({id})=>({path:design2.path,line:sectionOf(design2.doc,"Decisions")?.line??1,message:`the design does not say how it keeps ${id}`,fix:`name ${id} where it is kept: a decision, a component or a check`}))}};function answeredNeeds(constraint){let{block,title,nested=[]}=constraint;if(block===void 0)return needsIn([title,...nested]);let answers=fieldsOf(block).get("answers");if(answers!==void 0)return needsIn(answers.values);let texts=[...paragraphsOf(block),...itemsOf(block).flatMap(item=>[item,...item.children])];return needsIn([title,...texts.map(one=>one.text)])}function constrainedNeeds(feasibility){return new Set(feasibility.constraints.flatMap(answeredNeeds))}var needsIn=texts=>idsIn(texts.join(" ")).filter(id=>/^(?:SYS|CAP)-/.test(id));var constraintReference={id:"constraint-reference",severity:"warning",summary:"A feasibility constraint names the needs it answers, because a weak finding counts as settled only then.",examples:[{title:"in a field, and in the text",artifacts:{"feasibility.md":`## Feasibility constraints

- **FC-1** SYS-1 is read only: writes go through a ticket.

### FC-2: Old engine

- Answers: CAP-2
`},reports:[]},{title:"a constraint about nothing in particular",artifacts:{"feasibility.md":`## Feasibility constraints

### FC-1: Old engine

No build cache.
`},reports:[3]}],check:({feasibility})=>(feasibility?.constraints??[]).filter(constraint=>answeredNeeds(constraint).length===0).map(({id,line})=>({path:feasibility.path,line,message:`${id} does not say which need it answers`,fix:'add "- Answers: SYS-n", or name the need in its text'}))};var criterionMissing={id:"criterion-missing",severity:"error",summary:"A requirement has acceptance criteria: without one nobody can say whether it is met.",examples:[{title:"a requirement with a criterion",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

The tool SHALL greet.

- **AC-1.1** It prints a name.
`},reports:[]},{title:"criteria below a heading of their own",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

The tool SHALL greet.

#### Acceptance criteria

1. AC-1.1: It prints a name.
`},reports:[]},{title:"a requirement without one",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

The tool SHALL greet.

- It prints a name.
`},reports:[3]}],check:({requirements:requirements5})=>(requirements5?.requirements??[]).filter(requirement5=>requirement5.criteria.length===0).map(({id,line})=>({path:requirements5.path,line,message:`${id} has no acceptance criterion`,fix:`add a list item "- **AC-${id.slice(4)}.1** ..." that says what can be observed`}))};var criterionParent={id:"criterion-parent",severity:"error",summary:"The first number of a criterion is that of the requirement it stands under.",examples:[{title:"criteria under their requirement",artifacts:{"requirements.md":`## Requirements

### REQ-2: A

- **AC-2.1** a
- **AC-2.2** b
`},reports:[]},{title:"a criterion under another requirement",artifacts:{"requirements.md":`## Requirements

### REQ-2: A

- **AC-2.1** a
- **AC-3.1** b
`},reports:[6]}],check:({requirements:requirements5})=>(requirements5?.requirements??[]).flatMap(requirement5=>requirement5.criteria.filter(criterion2=>requirementOf(criterion2.id)!==requirement5.id).map(({id,line})=>({path:requirements5.path,line,message:`${id} stands under ${requirement5.id}, and its number says ${requirementOf(id)}`,fix:`move it, or number it AC-${requirement5.id.slice(4)}.n`})))};var criterionUnverified={id:"criterion-unverified",severity:"error",summary:"Every acceptance criterion is verified by a check of the design.",examples:[{title:"a criterion with a check",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

The tool SHALL greet.

- **AC-1.1** It prints a name.
`,"design.md":`## Verification

### CHK-1: Greets

- Criterion: AC-1.1
- Method: command
`},reports:[]},{title:"a criterion that no check names",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

The tool SHALL greet.

- **AC-1.1** It prints a name.
`,"design.md":`## Verification
`},reports:[1]}],check({requirements:requirements5,design:design2}){if(requirements5===void 0||design2===void 0)return[];let verified=new Set(design2.checks.flatMap(check3=>check3.criteria)),section=design2.doc.sections.find(one=>one.title==="Verification");return requirements5.requirements.flatMap(requirement5=>requirement5.criteria).filter(criterion2=>!verified.has(criterion2.id)).map(criterion2=>({path:design2.path,line:section?.line??1,message:`${criterion2.id} has no check`,fix:`add a block "### CHK-n: ..." with "- Criterion: ${criterion2.id}"`}))}};var decisionFields={id:"decision-fields",severity:"error",summary:"A decision says what was chosen and why; in half a year the reason is what is missed.",examples:[{title:"choice and reason in a list, and in prose",artifacts:{"design.md":`## Decisions

### DEC-1: Language

- **Choice:** Python
- **Rationale:** it is on every host

### DEC-2: Storage

**Choice:** files

**Rationale:** they are in git.
`},reports:[]},{title:"a choice without a reason, and an empty choice",artifacts:{"design.md":`## Decisions

### DEC-1: Language

- Choice: Python

### DEC-2: Storage

- Choice:
- Rationale: why not
`},reports:[3,7]}],check:({design:design2})=>(design2?.decisions??[]).flatMap(({id,line,block})=>["Choice","Rationale"].filter(key=>block!==void 0&&!says(block,key)).map(key=>({path:design2.path,line,message:`${id} has no ${key}`,fix:`add "- ${key}: ..." that says ${key==="Choice"?"what was decided":"why this and not another way"}`})))};function says(block,key){return fieldsOf(block).get(key.toLowerCase())?.values.length?!0:paragraphsOf(block).some(({text:text2})=>new RegExp(`^${key}:\\s*\\S`,"i").test(text2))}function knownPlaces(report,prefix){let ids=new Set(report.facts.map(fact=>fact.id)),ranges=new Map;for(let{evidence}of[...report.facts,...report.couplings,...report.gaps])for(let{path,line,endLine}of evidence)append(ranges,`${prefix}${path}`,[line,endLine]);return{hasFact:id=>ids.has(id),hasPlace:(path,line)=>(ranges.get(path)??[]).some(([first,last])=>first<=line&&line<=last)}}var Disables=class{comments;#tables=new Map;#covered;constructor(artifacts){this.comments=artifacts.flatMap(artifact=>this.#read(artifact.path,artifact.doc.text)),this.#covered=new Set(this.comments.flatMap(one=>one.reason===""?[]:[this.key(one.path,one.target,one.rule)]))}covers(finding){return this.#covered.size>0&&this.#covered.has(this.key(finding.path,finding.line,finding.rule))}key(path,line,rule){return`${path}
${this.#tables.get(`${path}
${line}`)??line}
${rule}`}#read(path,text2){if(!text2.includes(MARK))return[];let lines=text2.split(/\r\n|\r|\n/),found=commentsIn(lines),disables=[],target=0;for(let at=lines.length-1;at>=0;at--){let comment=found.get(at);comment!==void 0?disables.push({path,line:at+1,target,...comment}):lines[at].trim()!==""&&(target=at+1)}for(let[at,line]of lines.entries())!isRow(line)||at===0||!isRow(lines[at-1])||this.#tables.set(`${path}
${at+1}`,this.#tables.get(`${path}
${at}`)??at);return disables.reverse()}},MARK="countersign-disable-next-line",FENCE=/^ {0,3}(`{3,}|~{3,})/,isRow=line=>/^ {0,3}\|/.test(line);function commentsIn(lines){let found=new Map,fence2;for(let[at,line]of lines.entries()){let mark=FENCE.exec(line)?.[1];if(fence2!==void 0){mark?.startsWith(fence2)&&(fence2=void 0);continue}fence2=mark;let start=line.indexOf(MARK);if(start<0||!line.slice(0,start).trimEnd().endsWith("<!--"))continue;let end=line.indexOf("-->",start),body=line.slice(start+MARK.length,end<0?line.length:end),[,rule,reason]=/^\s*([a-z0-9-]*)\s*:?(.*)$/s.exec(body);found.set(at,{rule,reason:reason.trim()})}return found}var RANK={info:0,off:0,warning:1,error:2},weakens=(rule,setting)=>rule.mandatory===!0&&(setting==="off"||RANK[setting]<RANK[rule.severity]);function severityOf(rule,settings2){let setting=Object.hasOwn(settings2,rule.id)?settings2[rule.id]:void 0;return setting===void 0||setting==="off"||weakens(rule,setting)?void 0:setting}function switchedOff(rules,settings2){return new Set(rules.flatMap(rule=>settings2[rule.id]==="off"&&!rule.mandatory?[rule.id]:[]))}function settingFindings(rules,settings2){let known=new Map(rules.map(rule=>[rule.id,rule]));return Object.entries(settings2).flatMap(([id,setting])=>{let rule=known.get(id),finding=(message,fix)=>[{rule:"rule-settings",severity:"error",path:"countersign.yaml",line:1,message,fix}];return rule===void 0?finding(`rules: there is no rule ${id}`,"write the id as findings show it"):weakens(rule,setting)?finding(`rules: ${id} cannot be set to ${setting}, because a gate rests on it`,"remove the setting"):[]})}function runRules(rules,input,{submitting=!1,settings:settings2={}}={}){let found=[];for(let rule of rules){let severity=severityOf(rule,settings2)??(submitting?rule.atSubmission:void 0)??rule.severity;for(let place2 of rule.check(input,{rules,found}))found.push({rule:rule.id,severity,...place2})}let disables=new Disables(artifactsOf(input)),mandatory=new Set(rules.flatMap(rule=>rule.mandatory?[rule.id]:[])),off=switchedOff(rules,settings2);return found.filter(one=>!off.has(one.rule)&&(mandatory.has(one.rule)||!disables.covers(one))).concat(settingFindings(rules,settings2)).sort(byPlace)}function artifactsOf(input){return[input.requirements,input.feasibility,input.design].filter(one=>one!==void 0)}function ruleInput(artifacts,known){let read=(name,reader)=>{let text2=artifacts[name];return text2===void 0?void 0:reader(text2)};return{requirements:read("requirements.md",text2=>readRequirements(text2)),feasibility:read("feasibility.md",text2=>readFeasibility(text2)),design:read("design.md",text2=>readDesign(text2)),...known}}var deepNesting={id:"deep-nesting",severity:"error",mandatory:!0,summary:`Lists, quotes and images nest at most ${MAX_NESTING} levels: from a line that is deeper on, nothing is read.`,examples:[{title:"an item below an item",artifacts:{"requirements.md":`## Goal

- a
  - b
`},reports:[]},{title:`more than ${MAX_NESTING} levels on one line`,artifacts:{"requirements.md":`## Goal

${"> ".repeat(MAX_NESTING+1)}a
`},reports:[3]}],check:input=>artifactsOf(input).flatMap(({path,doc})=>{let deep=overDeep(doc.text);if(deep===void 0)return[];let message=`nests deeper than ${MAX_NESTING} levels: nothing from here on is read`;return[{path,line:deep.line,message,fix:"write it with fewer levels"}]})};var FORM="write <!-- countersign-disable-next-line rule-id: why it does not hold here -->",disableReason={id:"disable-reason",severity:"error",mandatory:!0,summary:"A comment that disables a rule names the rule and says why; without a reason it disables nothing.",examples:[{title:"a comment with its reason",artifacts:{"requirements.md":`## Goal

<!-- countersign-disable-next-line vague-words: "quickly" quotes the contract -->
Records appear quickly.
`},reports:[]},{title:"a comment without a reason",artifacts:{"requirements.md":`## Goal

<!-- countersign-disable-next-line vague-words -->
Records appear quickly.
`},reports:[3]},{title:"a comment without a rule",artifacts:{"requirements.md":`## Goal

<!-- countersign-disable-next-line -->
Records appear quickly.
`},reports:[3]},{title:"one that is shown as an example",artifacts:{"requirements.md":"## Goal\n\n```markdown\n<!-- countersign-disable-next-line vague-words -->\n```\n"},reports:[]}],check:input=>new Disables(artifactsOf(input)).comments.filter(one=>one.rule===""||one.reason==="").map(({path,line,rule})=>({path,line,message:rule===""?"this comment does not say which rule it disables":`this comment does not say why ${rule} is disabled, so it disables nothing`,fix:FORM}))};var disableUnused={id:"disable-unused",severity:"warning",mandatory:!0,summary:"A comment that disables a rule covers a finding of that rule; one that covers nothing is taken out again.",examples:[{title:"a comment that covers a finding",artifacts:{"requirements.md":`## Requirements

<!-- countersign-disable-next-line criterion-missing: the auditors observe it -->
### REQ-1: A

The tool SHALL greet.
`},reports:[]},{title:"a comment that covers nothing any more",artifacts:{"requirements.md":`## Requirements

<!-- countersign-disable-next-line criterion-missing: the auditors observe it -->
### REQ-1: A

- **AC-1.1** a
`},reports:[3]},{title:"a rule that does not exist",artifacts:{"requirements.md":`## Goal

<!-- countersign-disable-next-line vague-word: typing error -->
Records appear.
`},reports:[3]},{title:"a rule that a gate rests on",artifacts:{"requirements.md":`<!-- countersign-disable-next-line front-matter: nobody needs it -->
# DNS
`},reports:[1]}],check(input,{rules,found}){let disables=new Disables(artifactsOf(input));if(disables.comments.length===0)return[];let keys=new Set(found.map(one=>disables.key(one.path,one.line,one.rule))),known=new Map(rules.map(rule=>[rule.id,rule]));return disables.comments.flatMap(({path,line,target,rule:id,reason})=>{let rule=known.get(id);return id===""||reason===""?[]:rule===void 0?[{path,line,message:`there is no rule ${id}`,fix:"write the rule's id as the finding shows it"}]:rule.mandatory?[{path,line,message:`${id} cannot be disabled: a gate rests on it`,fix:"remove the comment"}]:keys.has(disables.key(path,target,id))?[]:[{path,line,message:`${id} finds nothing in line ${target}`,fix:"remove the comment"}]})}};var READ=new Set(["required","if not available","answer","answers","kind","action","realises","depends on","paths","criterion","criteria","component","method","expect","reason"]),duplicateField={id:"duplicate-field",severity:"error",mandatory:!0,summary:"A field stands once in its block: only the first of them is read.",examples:[{title:"several values in one field, and lines that nothing reads",artifacts:{"design.md":`## Verification

### CHK-1: A

- Criterion: AC-1.1, AC-1.2
- Expect:
  - exit 0
  - stdout contains a
- Note: one
- Note: two
`},reports:[]},{title:"the same field twice",artifacts:{"design.md":`## Verification

### CHK-1: A

- Criterion: AC-1.1
- **Criterion:** AC-1.2
`},reports:[6]}],check:input=>knownSections(input).filter(({facts:facts2})=>facts2.form==="blocks"||facts2.form==="entries").flatMap(({path,section})=>(section?.blocks??[]).flatMap(block=>{let seen=new Set;return allFieldsOf(block).flatMap(({key,line})=>{let repeated=READ.has(key)&&seen.has(key)&&key!=="expect";return seen.add(key),repeated?[{path,line,message:`${key} stands here a second time, and only the first is read`,fix:"join the values in one field: separated by commas, or as a nested list"}]:[]})}))};var duplicateId={id:"duplicate-id",severity:"error",mandatory:!0,summary:"An id names one thing in the whole delivery, because decisions, checks and the trace refer to it.",examples:[{title:"every id once",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

- **AC-1.1** a
- **AC-1.2** b

### REQ-2: B
`,"design.md":`## Components

### CMP-1: A

See REQ-1, and REQ-1 again.
`},reports:[]},{title:"a requirement and a criterion twice",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

- **AC-1.1** a
- **AC-1.1** b

### REQ-1: B
`},reports:[6,8]},{title:"a question of one artifact that another has used",artifacts:{"requirements.md":`## Questions

- **Q-1** Who owns it? Answer: Ann
`,"feasibility.md":`## Open questions

- **Q-1** Which version?
`},reports:[3]}],check(input){let first=new Map;return declared(input).flatMap(({path,entry})=>{let{id,line}=entry,before=first.get(id);return before===void 0&&first.set(id,{path,line}),before===void 0||id===""?[]:[{path,line,message:`${id} is already used in ${before.path} line ${before.line}`,fix:"give the newer one the next free number"}]})}};function declared({requirements:requirements5,feasibility,design:design2}){let of=(path,entries)=>entries.map(entry=>({path,entry}));return[...requirements5===void 0?[]:of(requirements5.path,declaredIds(requirements5)),...feasibility===void 0?[]:of(feasibility.path,[...feasibility.constraints,...feasibility.questions]),...design2===void 0?[]:of(design2.path,[...design2.decisions,...design2.components,...design2.checks])]}var duplicateSection={id:"duplicate-section",severity:"error",mandatory:!0,summary:"A section that is read stands once in its artifact: only the first of them would count.",examples:[{title:"each section once, and prose under a heading of its own",artifacts:{"requirements.md":`## Goal

A.

## Notes

B.

## Notes

C.
`},reports:[]},{title:"the same section twice",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

## 2. requirements

### REQ-2: B
`},reports:[5]}],check:input=>knownSections(input).flatMap(({path,doc,facts:facts2,section})=>doc.sections.filter(one=>one!==section&&one.depth===2&&bareTitle(one.title)===facts2.title.toLowerCase()).map(one=>({path,line:one.line,message:`${facts2.title} stands here a second time, and only the first in line ${section?.line} is read`,fix:"move its entries into the first one"})))};var OBLIGATIONS={en:["shall","must"],de:["muss","müssen","soll","sollen","darf","dürfen"],fr:["doit","doivent","devra","devront"],es:["debe","deben","deberá","deberán"],it:["deve","devono","dovrà","dovranno"],pt:["deve","devem","deverá","deverão"],nl:["moet","moeten","dient","dienen","zal","zullen"],nordic:["ska","skall","skal","måste","må","täytyy","pitää"],slavic:["musi","muszą","powinien","powinna","powinno","musí","должен","должна","должно","должны","повинен","повинна","повинно"]},UNSPACED=/なければならない|ものとする|すること|必须|必須|应当|應當|须|須|해야|하여야|يجب|חייב/,wordsOf=(words,flags)=>new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${words.join("|")})(?![\\p{L}\\p{N}_-])`,flags),ALL=Object.values(OBLIGATIONS).flat(),ANY=wordsOf(ALL,"iu"),CAPITALS=wordsOf(ALL.map(word=>word.toUpperCase()),"gu"),SHALL=wordsOf(["shall"],"gu"),ENGLISH=wordsOf(["shall","must"],"iu"),WEAK=wordsOf(["should","will","would","ought to","has to","have to","needs to","need to"],"iu"),obliges=text2=>ANY.test(text2)||UNSPACED.test(text2),weakWord=text2=>WEAK.exec(text2)?.[0].toLowerCase();function obligationsIn(sentence){let bare2=sentence.replace(/"[^"]*"|“[^”]*”|„[^“”]*[“”]/g,"");return(bare2.match(CAPITALS)??bare2.match(SHALL)??[]).length}function obligationAt(sentence){let match=/\b(?:SHALL|MUST)\b/.exec(sentence)??ENGLISH.exec(sentence);return match===null?void 0:{start:match.index,end:match.index+match[0].length}}var FUNCTION_WORDS=new Set(["the","and","with","that","when","from","this","are","each","which","is"]);function isEnglish(text2){let words=text2.toLowerCase().match(new RegExp("\\p{L}+","gu"))??[],foreign=words.filter(word=>!/^[a-z]+$/.test(word)).length,function_=words.filter(word=>FUNCTION_WORDS.has(word)).length;return function_>0&&function_*10>=words.length&&foreign*20<=words.length}var CONDITION=/^(?:WHEN|WHENEVER|WHILE|WHERE|IF)\b/,TRAILING=/(?<![\w/])(WHEN|WHENEVER|WHILE|IF)(?![\w/])/,PATTERN="WHEN <trigger>, the <system> SHALL <response>";function formProblem(sentence,listed){let text2=sentence.replace(/^[\s"'“(*_-]+/,""),conditional=CONDITION.test(text2),at=obligationAt(text2);if(at===void 0)return!conditional||text2.endsWith(":")||!isEnglish(text2)?void 0:{message:"a condition, and no SHALL that says what follows",fix:`write ${PATTERN}`};let before=text2.slice(0,at.start),after=text2.slice(at.end);if(/^\s*(?:NOT\b)?\s*[.!;]/i.test(after))return{message:"nothing stands after SHALL",fix:"say what can be observed when it is met"};if(!listed&&/(?:^|[,:]|\bTHEN\b)\s*$/i.test(before))return{message:"no system is named before SHALL",fix:`say who acts: ${PATTERN}`};if(/^(?:WHEN|WHENEVER|WHILE|WHERE|IF)\s*[,.]/i.test(text2))return{message:"the condition is empty",fix:`say when it holds: ${PATTERN}`};if(conditional&&!/,|\bthen\b/i.test(before))return{message:"nothing shows where the condition ends",fix:`put a comma (or THEN) behind it: ${PATTERN}`};let late=TRAILING.exec(after)?.[1];if(late!==void 0)return{message:`${late} stands behind SHALL`,fix:`put the condition first: ${PATTERN}`}}var DESCRIBES=/^(?!when\b|while\b|where\b|if\b)[A-Za-z][A-Za-z -]{0,30}:\s/i,STATES=/^(?:statement|requirement|description)\s*:/i,statementsOf2=remember(({block,statements})=>{let paragraphs=statements.map(one=>({...one,listed:!1}));if(block===void 0)return paragraphs;let criteria2=new Set(listEntries(block,"AC").map(one=>one.line)),items=itemsOf(block).filter(item=>!criteria2.has(item.line)&&(STATES.test(item.text)||!DESCRIBES.test(item.text))).map(({text:text2,line})=>({text:text2,line,listed:!0}));return[...paragraphs,...items]});var requirement=body=>({"requirements.md":`## Requirements

### REQ-1: A

${body}
`}),fine=(title,body)=>({title,artifacts:requirement(body),reports:[]}),wrong=(title,body)=>({title,artifacts:requirement(body),reports:[5]}),earsForm={id:"ears-form",severity:"warning",summary:"A sentence with SHALL follows an EARS pattern: ubiquitous, WHEN, WHILE, WHERE, IF ... THEN, or several of them, with the conditions first and the system named. Letter case does not matter, prose without SHALL is left alone, and so is text that is not English.",examples:[fine("ubiquitous","The tool SHALL print the name."),fine("event","**WHEN** a request arrives, the tool **SHALL** log it."),fine("state and event, over several lines",`WHILE the zone is frozen,
WHEN a request arrives,
the tool SHALL
refuse it.`),fine("optional feature","WHERE a second site exists, the tool SHALL write there, too."),fine("unwanted behaviour","IF the zone is missing, THEN the tool SHALL exit with 2."),fine("IF with a comma and without THEN","If the zone is missing, the tool must not write."),fine("a plain condition behind SHALL","The tool SHALL exit with 2 if the zone is missing."),fine("keywords that are only named","The linter SHALL recognise lines that begin with WHEN/THEN."),fine("a lead-in with a list",`The tool SHALL:

- read the zone
- write the record`),fine("a list whose subject stands before it",`WHEN a request arrives, the tool:

- SHALL log it
- SHALL answer it`),fine("prose beside the statement","The tool SHALL log. When nobody reads logs, that helps little. It will be reviewed in May."),fine("German","Wenn eine Anfrage eintrifft, muss das Werkzeug sie protokollieren."),wrong("a condition without what follows","WHEN a request arrives, the tool logs it."),wrong("nobody who acts","WHEN a request arrives, SHALL log it."),wrong("nothing that is done","The tool SHALL."),wrong("a condition whose end cannot be seen","WHEN a request arrives the tool SHALL log it."),wrong("the keyword behind SHALL","The tool SHALL log it WHEN a request arrives."),wrong("an empty condition","IF , THEN the tool SHALL stop."),wrong("a wish","The tool should log each request.")],check:({requirements:requirements5})=>(requirements5?.requirements??[]).flatMap(requirement5=>problems2(requirement5).map(problem=>({path:requirements5.path,...problem})))};function problems2(requirement5){let{id,title,criteria:criteria2}=requirement5,statements=statementsOf2(requirement5),found=statements.flatMap(({text:text2,line,listed})=>sentencesOf(text2).flatMap(sentence=>{let problem=formProblem(sentence,listed);return problem===void 0?[]:[{line,message:`${id}: ${problem.message}`,fix:problem.fix}]}));if(found.length>0||[title,...statements.map(one=>one.text),...criteria2.map(one=>one.title)].some(obliges))return found;let wish=statements.find(({text:text2})=>weakWord(text2)!==void 0&&isEnglish(text2));if(wish===void 0)return[];let message=`${id}: "${weakWord(wish.text)}" leaves open whether it has to`;return[{line:wish.line,message,fix:"write SHALL for what is required, and take out what is not"}]}var criterion=`- **AC-1.1** It prints a name.
`,entryId={id:"entry-id",severity:"error",mandatory:!0,summary:'An entry starts with an id of its section, such as "### REQ-3: Title" or "- **CON-1** text"; without one it is not read.',examples:[{title:"entries with ids, and prose under headings of its own",artifacts:{"requirements.md":`## Requirements

### Background

The old script went away in May.

### REQ-1: Greets

The tool SHALL greet.

${criterion}
## Constraints

- **CON-1** No new server.
- CON-2: No root.

## Questions

- None.
`},reports:[]},{title:"ids that are written in another way",artifacts:{"requirements.md":`## Requirements

### REQ1 Greets

### REQ-2 - Leaves

### req-3: Sleeps

### REQ-04: Eats

### REQ-0: Reads
`},reports:[3,5,7,9,11]},{title:"an entry without any id",artifacts:{"design.md":`## Components

### The greeter

- Kind: script
- Action: build
`},reports:[3]},{title:"a requirement without any id",artifacts:{"requirements.md":`## Requirements

### Greeting

The tool SHALL greet.
`},reports:[3]},{title:"a heading that is too deep to be read",artifacts:{"requirements.md":`## Requirements

### Greeting

#### REQ-1: Greets

The tool SHALL greet.
`},reports:[5]},{title:"criteria and list entries whose ids cannot be read",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

- AC 1.1 one
- **AC-1** two
- AC-1.1 three

## Constraints

- No new server.
- CON2 no root
`},reports:[5,6,11,12]},{title:"a row without an id",artifacts:{"requirements.md":`## Systems

| ID | System | Purpose | Required | If not available |
|---|---|---|---|---|
| | IPAM | a | yes | |
| SYS1 | DNS | a | yes | |
`},reports:[5,6]},{title:"an entry in a section where nothing reads it",artifacts:{"requirements.md":`## Scope

All.

### REQ-1: Greets

The tool SHALL greet.
`},reports:[5]}],check:input=>[...knownSections(input).flatMap(inSection),...misplaced(input)]};function inSection(known){let{path,facts:facts2,section}=known,{prefix,form}=facts2;if(section===void 0||prefix===void 0)return[];let places=form==="table"?inTable(prefix,section):inBlocks(prefix,section);return form==="entries"&&places.push(...inList(prefix,section)),places.map(place2=>({path,...place2}))}var unread=(line,text2,form)=>({line,message:`${quoted(text2)} is not read: it does not start with an id of the form ${form}`,fix:`write ${form}: and the title; numbers start at 1 and have no leading zeros`}),seems=(prefix,text2)=>new RegExp(`^\\W{0,3}${prefix}\\W{0,3}\\d`,"i").test(text2);function inBlocks(prefix,section){let form=`### ${prefix}-n`;return[section,...section.blocks].flatMap(block=>{let found=deepHeadingsOf(block).filter(heading=>seems(prefix,heading.text)).map(({line,text:text2})=>({line,message:`${quoted(text2)} is not read: its heading is too deep`,fix:`write it as "### ${text2}"`}));if(block===section)return found;let id=blockId(block);return!(id?.startsWith(`${prefix}-`)&&isEntryId(id))&&(id!==void 0||seems(prefix,block.title)||found.length===0&&isEntry(block))&&found.push(unread(block.line,block.title,form)),prefix==="REQ"&&found.push(...criteria(block)),found})}var ENTRY_FIELDS=["kind","action","criterion","method","choice","required"];function isEntry(block){let fields=fieldsOf(block);return ENTRY_FIELDS.some(key=>fields.has(key))||listEntries(block,"AC").length>0?!0:paragraphsOf(block).some(({text:text2})=>obligationsIn(text2)>0)}function criteria(block){let read=new Set(listEntries(block,"AC").flatMap(one=>isEntryId(one.id)?[one.line]:[]));return itemsOf(block).filter(item=>seems("AC",item.text)&&!read.has(item.line)).map(item=>unread(item.line,item.text,"AC-n.m"))}var NOTHING=/^(?:-|n\/a|(?:none|nothing|no (?:open|further)|keine|aucune?|ninguna?)\b.{0,40})?$/i;function inList(prefix,section){let read=new Set(listEntries(section,prefix).flatMap(one=>isEntryId(one.id)?[one.line]:[]));return itemsOf(section).filter(item=>!read.has(item.line)&&!NOTHING.test(item.text)).map(item=>unread(item.line,item.text,`${prefix}-n`))}function inTable(prefix,section){return tablesOf(section).flatMap(table=>table.rows.flatMap(row=>{let id=row.cells.get("id")?.text??"";return!table.header.includes("id")||isEntryId(id)&&id.startsWith(`${prefix}-`)?[]:[{line:row.line,message:`the row's id ${quoted(id)} is not of the form ${prefix}-n`,fix:`give it the next free ${prefix}-n`}]}))}function misplaced(input){let facts2=Object.values(SECTIONS).flat();return artifactsOf(input).flatMap(({path,doc})=>{let own=knownSections(input).filter(known=>known.doc===doc),read=new Set(own.flatMap(({facts:facts3,section})=>facts3.prefix===void 0?[]:[section]));return doc.sections.filter(section=>!read.has(section)).flatMap(section=>section.depth===3?[section]:section.blocks).flatMap(block=>{let prefix=blockId(block)?.split("-")[0],home=facts2.find(one=>one.prefix===prefix&&own.some(known=>known.facts===one));return prefix===void 0||home===void 0?[]:[{path,line:block.line,message:`${quoted(block.title)} is not read here`,fix:`move it to the section ${home.title}`}]})})}var note=`
## Extraction

- Facts: \`sha256:${"0".repeat(64)}\`
- Root: \`.\`
`,draft=body=>({"requirements.md":`## Requirements

### REQ-1: A

${body}
${note}`}),facts={facts:[{id:"shell/step/go.sh/cp",evidence:[{path:"go.sh",line:4,endLine:5}]}]},extractedClaim={id:"extracted-claim",severity:"error",mandatory:!0,summary:"In a draft that was extracted from code, every requirement, criterion and inferred statement cites its evidence: a place (`path:line`) or a fact id, both among the stored facts, or the person who stated it.",examples:[{title:"a place, a fact and a person",extracted:facts,artifacts:draft("The script SHALL copy. (inferred: order) `go.sh:5`\n\n- **AC-1.1** It ends with 0. `shell/step/go.sh/cp`\n- **AC-1.2** Ann sees it. (stated: Ann Example)"),reports:[]},{title:"no evidence",artifacts:draft(`The script SHALL copy. (inferred: order)

- **AC-1.1** It ends with 0.`),reports:[5,7]},{title:"places and facts that nobody stored",extracted:facts,artifacts:draft("The script SHALL copy. `go.sh:9`\n\n- **AC-1.1** It ends with 0. `shell/step/go.sh/rm`"),reports:[5,7]},{title:"requirements that people wrote need none",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

The script SHALL copy.
`},reports:[]}],check:input=>artifactsOf(input).flatMap(({path,doc})=>{if(extractionNoteOf(doc)===void 0)return[];let criteria2=new Set(path===input.requirements?.path?input.requirements.requirements.flatMap(one=>one.criteria.map(criterion2=>criterion2.line)):[]),stated2=new Set(path===input.requirements?.path?input.requirements.requirements.flatMap(one=>one.statements.filter(statement=>obliges(statement.text)).map(statement=>statement.line)):[]);return claimsIn(doc,line=>criteria2.has(line)||stated2.has(line)).flatMap(claim=>{let problem=problemOf2(claim.text,input.extracted);return problem===void 0?[]:[{path,line:claim.line,...problem}]})})};function claimsIn(doc,isClaim){let lines=doc.text.split(`
`),claims2=[],fenced=!1;for(let at=0;at<lines.length;at++){let line=lines[at];if(/^\s*(?:```|~~~)/.test(line)&&(fenced=!fenced),fenced||!(inferredBy(line)!==void 0)&&!isClaim(at+1))continue;let end=at+1;for(;end<lines.length&&/\S/.test(lines[end])&&!/^(?:[-*+]|\d+[.)]|#|\|)\s?/.test(lines[end]);)end++;claims2.push({line:at+1,text:lines.slice(at,end).join(" ")}),at=end-1}return claims2}function problemOf2(text2,known){let fix="cite a place as `path:line` or a fact id that the stored facts have, or write (stated: NAME)";if(/\(stated:?\s+[^)]+\)/i.test(text2))return;let cited=[...text2.matchAll(/`([^`]+)`/g)].map(match=>match[1]),places=cited.flatMap(one=>{let match=/^(.+):(\d+)$/.exec(one);return match===null?[]:[{path:match[1],line:Number(match[2])}]}),ids=cited.filter(one=>/^[a-z-]+\/[a-z]+\/.+/.test(one)&&!/:\d+$/.test(one));if(places.length===0&&ids.length===0)return{message:`no evidence for ${quoted(text2)}`,fix};if(known!==void 0&&!(places.some(({path,line})=>known.hasPlace(path,line))||ids.some(id=>known.hasFact(id))))return{message:`the stored facts do not know ${quoted(cited.at(-1)??"")}`,fix}}var HEAD=`## Findings

| Need | Status | Fact | Evidence |
|---|---|---|---|
`,feasibilityContradicted={id:"feasibility-contradicted",severity:"warning",summary:"A blocked finding does not cite a fact that is present, or that nobody could look at: what was not probed is unknown, not missing.",examples:[{title:"blocked by what is absent",artifacts:{"feasibility.md":`${HEAD}| CAP-1 | blocked | not installed | probe:tool/docker |
`},facts:[{id:"tool/docker",outcome:"absent"}],reports:[]},{title:"blocked by what is there",artifacts:{"feasibility.md":`${HEAD}| CAP-1 | blocked | not installed | probe:tool/docker |
`},facts:[{id:"tool/docker",outcome:"present",version:"26.1"}],reports:[5]},{title:"blocked by what could not be looked at",artifacts:{"feasibility.md":`${HEAD}| CAP-1 | blocked | no answer | probe:netbox/ipam |
`},facts:[{id:"netbox/ipam",outcome:"not-probed",reason:"no answer within 20 s"}],reports:[5]}],check({feasibility,platform}){if(feasibility===void 0||platform===void 0)return[];let outcomes2=new Map(platform.facts.map(fact=>[fact.id,fact.outcome]));return feasibility.needs.filter(({status})=>status==="blocked").flatMap(({need,evidence,line})=>citationsOf(evidence).flatMap(({kind,ref})=>{let outcome=kind==="probe"?outcomes2.get(ref):void 0;if(outcome!=="present"&&outcome!=="not-probed")return[];let said=outcome==="present"?"present":"not probed";return[{path:feasibility.path,line,message:`${need} is blocked, and it cites ${ref}, which is ${said}`,fix:outcome==="present"?"cite what blocks it, or correct the status":"write unknown, or look again"}]}))}};function reasonsFor(outcome,constrained){let computed=decide(outcome,constrained),required=outcome.filter(({need})=>need.required!==!1),lost=required.filter(({status})=>status==="blocked"||status==="skipped");return lost.length>0?lost.map(({need,status})=>`${need.id} is required and ${status}`):computed==="undetermined"?required.filter(({status})=>status==="unknown").map(({need})=>`${need.id} is required and unknown`):required.filter(({status,stated:stated2})=>status==="degraded"||status==="stub"||stated2).filter(({need})=>computed!=="not-feasible"||!constrained.has(need.id)).map(({need,status,stated:stated2})=>{let what=status==="resolved"&&stated2?"only stated":status;return`${need.id} is ${what}${constrained.has(need.id)?"":" and no constraint answers it"}`})}var NEEDS=`## Capabilities

### CAP-1: Python

- Required: yes

### CAP-2: Docker

- Required: yes
`,claims=(decision,status,more="")=>`---
countersign: feasibility/1
decision: ${decision}
---

## Findings

| Need | Status | Fact | Evidence |
|---|---|---|---|
| CAP-1 | resolved | 3.11 | probe:tool/python3 |
| CAP-2 | ${status} | old | probe:tool/docker |
${more}`,CONSTRAINT=`
## Feasibility constraints

### FC-1: Old engine

- Answers: CAP-2

No build cache.
`,feasibilityDecision={id:"feasibility-decision",severity:"error",mandatory:!0,summary:"The decision is no better than what follows from the findings; more caution is allowed.",examples:[{title:"a decision that follows from the findings",artifacts:{"requirements.md":NEEDS,"feasibility.md":claims("feasible","resolved")},reports:[]},{title:"a weak finding with its constraint",artifacts:{"requirements.md":NEEDS,"feasibility.md":claims("feasible-with-constraints","degraded",CONSTRAINT)},reports:[]},{title:"more caution than is needed",artifacts:{"requirements.md":NEEDS,"feasibility.md":claims("undetermined","resolved")},reports:[]},{title:"a required need that is blocked",artifacts:{"requirements.md":NEEDS,"feasibility.md":claims("feasible","blocked")},reports:[3]},{title:"a required need that nobody looked at",artifacts:{"requirements.md":NEEDS,"feasibility.md":claims("feasible-with-constraints","unknown")},reports:[3]},{title:"a weak finding without a constraint",artifacts:{"requirements.md":NEEDS,"feasibility.md":claims("feasible-with-constraints","degraded")},reports:[3]},{title:"a weak finding that is passed over in silence",artifacts:{"requirements.md":NEEDS,"feasibility.md":claims("feasible","stub",CONSTRAINT)},reports:[3]}],check({requirements:requirements5,feasibility}){let decision=feasibility?.front?.decision;if(requirements5===void 0||feasibility===void 0||decision===void 0)return[];let outcome=outcomes([...requirements5.capabilities,...requirements5.systems],feasibility.needs),constrained=constrainedNeeds(feasibility),computed=decide(outcome,constrained);if(!tooOptimistic(decision,computed))return[];let reasons=reasonsFor(outcome,constrained).join("; ");return[{path:feasibility.path,line:keyLine(feasibility.doc,"decision"),message:`the decision says ${decision}, and the findings say ${computed}: ${reasons}`,fix:`write decision: ${computed}, or settle these needs: new evidence, a constraint "- Answers: <need>", or requirements that do without`}]}};var HEAD2=`---
countersign: feasibility/1
decision: feasible
platform: sha256:${"0".repeat(64)}
---
## Findings

| Need | Status | Fact | Evidence |
|---|---|---|---|
`,python={id:"tool/python3",outcome:"present",version:"3.11.2"},docker={id:"tool/docker",outcome:"absent"},ann={need:"SYS-1",status:"resolved",fact:"the zone is ours",by:"Ann Lee"},feasibilityEvidence={id:"feasibility-evidence",severity:"error",mandatory:!0,summary:"A finding that something is there cites what shows it: a fact of the platform snapshot that is present (`probe:tool/python3`), or a recorded statement of a named person about this need (`stated:Ann Lee`).",examples:[{title:"a present fact, and the word of a person who gave it",artifacts:{"feasibility.md":`${HEAD2}| CAP-1 | resolved | 3.11.2 | probe:tool/python3 |
| SYS-1 | resolved | ours | stated:ann lee (2031-04-02) |
`},facts:[python],stated:[ann],reports:[]},{title:"no evidence, or evidence in other words",artifacts:{"feasibility.md":`${HEAD2}| CAP-1 | resolved | 3.11.2 | |
| CAP-2 | degraded | slow | everybody knows |
| CAP-3 | blocked | none | |
`},facts:[python],reports:[10,11]},{title:"facts that the probe did not find, or never looked for",artifacts:{"feasibility.md":`${HEAD2}| CAP-1 | resolved | 26 | probe:tool/docker |
| CAP-2 | resolved | 3 | probe:tool/ruby |
| CAP-3 | degraded | podman | probe:tool/python3, probe:tool/docker |
`},facts:[python,docker],reports:[10,11]},{title:"what is there and stopped",artifacts:{"feasibility.md":`${HEAD2}| SYS-1 | resolved | there | probe:itential/lab/adapter/dns |
| SYS-2 | degraded | stopped | probe:itential/lab/adapter/dns |
`},facts:[{id:"itential/lab/adapter/dns",outcome:"present",health:"stopped"}],reports:[10]},{title:"a stub for what is absent, and one for what may not be used",artifacts:{"feasibility.md":`${HEAD2}| CAP-1 | stub | none | probe:tool/docker |
| SYS-1 | stub | 403 | probe:netbox/ipam |
`},facts:[docker,{id:"netbox/ipam",outcome:"denied",reason:"this account may not look (403)"}],reports:[11]},{title:"people who said nothing about the need, or something worse",artifacts:{"feasibility.md":`${HEAD2}| SYS-1 | resolved | ours | stated:Bob |
| SYS-2 | resolved | ours | stated:Ann Lee |
| SYS-3 | resolved | ours | stated:Ann Lee |
`},facts:[python],stated:[ann,{...ann,need:"SYS-3",status:"blocked"}],reports:[10,11,12]},{title:"a fact, and no snapshot it could be in",artifacts:{"feasibility.md":`${HEAD2.replace(/platform.*\n/,"")}| CAP-1 | resolved | 3.11.2 | probe:tool/python3 |
`},reports:[9]}],check(input){let{feasibility,platform}=input;if(feasibility===void 0)return[];let facts2=new Map(platform?.facts.map(fact=>[fact.id,fact]));return feasibility.needs.flatMap(finding=>problems3(finding,facts2,input).map(problem=>({path:feasibility.path,line:finding.line,...problem})))}};function problems3(finding,facts2,input){let cited=citationsOf(finding.evidence),claims2=finding.status==="resolved"||finding.status==="degraded";if(cited.length===0)return claims2?[{message:`${finding.need} is ${finding.status} and cites nothing that shows it`,fix:"write probe:<fact id> for a fact of the snapshot, or record a statement and write stated:<person>"}]:[];let probes=cited.filter(one=>one.kind==="probe").map(one=>one.ref),people=cited.filter(one=>one.kind==="stated").map(one=>one.ref);return[...probed(finding,probes,facts2,input),...people.flatMap(person=>stated(finding,person,input))]}function probed({need,status},probes,facts2,{platform,feasibility}){if(probes.length===0)return[];if(platform===void 0)return feasibility?.front===void 0||feasibility.front.platform!==void 0?[]:[{message:`${need} cites a probed fact, and the front matter names no snapshot`,fix:"probe the platform and write platform: sha256:... into the front matter"}];let unknown=probes.filter(id=>!facts2.has(id));if(unknown.length>0)return[{message:`${need} cites ${unknown.map(quoted).join(", ")}, which the snapshot does not hold`,fix:"cite a fact id as the probe shows it, or probe again"}];let missing=probes.filter(id=>facts2.get(id).outcome!=="present"),weak=probes.filter(id=>isWeak(facts2.get(id)));if(status==="resolved"&&missing.length===0&&weak.length>0)return[{message:`${need} is resolved, but the snapshot says that ${weak.map(id=>`${id} is ${facts2.get(id).health}`).join(", ")}`,fix:"found and not usable is degraded: write that, with a constraint"}];let unseen=probes.filter(id=>["denied","not-probed"].includes(facts2.get(id).outcome));if(status==="stub"&&unseen.length>0)return[{message:`${need} is a stub, but the snapshot says that ${unseen.map(id=>`${id} is ${facts2.get(id).outcome}`).join(", ")}`,fix:"a stub stands in for what is absent: denied is blocked, not probed is unknown"}];if(!(status==="resolved"?missing.length>0:status==="degraded"&&missing.length===probes.length))return[];let found=missing.map(id=>`${id} is ${facts2.get(id).outcome}`).join(", ");return[{message:`${need} is ${status}, but the snapshot says that ${found}`,fix:"set the status that the fact supports"}]}var isWeak=({health})=>health==="stopped"||health==="degraded";function stated({need,status},person,input){let last=input.stated.get(need)?.findLast(one=>samePerson(one.by,person));return last===void 0?[{message:`${quoted(person)} has stated nothing about ${need}`,fix:"record the statement under exactly this name, or cite who made it"}]:status===void 0||rank(last.status)<=NEED_STATUSES.indexOf(status)?[]:[{message:`${quoted(person)} stated ${need} as ${last.status}, and the row says ${status}`,fix:"write the status that was stated"}]}var rank=status=>NEED_STATUSES.indexOf(status);var NEEDS2=`## Systems

| ID | System | Purpose | Required | If not available |
|---|---|---|---|---|
| SYS-1 | Address plan | Says what is free | yes | Stop |
`,HEAD3=`## Findings

| Need | Status | Fact | Evidence |
|---|---|---|---|
`,FACTS=[{id:"netbox/ipam",kind:"system",outcome:"present"},{id:"github/net/vlans",kind:"system",outcome:"present"}],feasibilityMatch={id:"feasibility-match",severity:"warning",summary:"A cited fact has to do with the need: policy, a name or the vocabulary says so; what only its author concluded is marked `(inferred: reason)`.",examples:[{title:"a fact that fills the role, and one that its author takes for it and says so",artifacts:{"requirements.md":NEEDS2,"feasibility.md":`${HEAD3}| SYS-1 | resolved | there | probe:netbox/ipam |
`},facts:FACTS,reports:[]},{title:"a conclusion that is marked",artifacts:{"requirements.md":NEEDS2,"feasibility.md":`${HEAD3}| SYS-1 | resolved | a file there (inferred: README says so) | probe:github/net/vlans |
`},facts:FACTS,reports:[]},{title:"a fact about something else",artifacts:{"requirements.md":NEEDS2,"feasibility.md":`${HEAD3}| SYS-1 | resolved | there | probe:github/net/vlans |
`},facts:FACTS,reports:[5]}],check({requirements:requirements5,feasibility,platform}){if(requirements5===void 0||feasibility===void 0||platform===void 0)return[];let needs=new Map([...requirements5.capabilities,...requirements5.systems].map(need=>[need.id,need])),byId=new Map(platform.facts.map(fact=>[fact.id,fact]));return feasibility.needs.flatMap(({need:id,fact:text2,evidence,line})=>{let need=needs.get(id);if(need===void 0||!isKnownNeed(need)||/\(inferred:/i.test(text2+evidence))return[];let cited=citationsOf(evidence).flatMap(({kind,ref})=>kind==="probe"?byId.get(ref)??[]:[]);return cited.length===0||matchesFor(need,cited,platform.match??{}).length>0?[]:[{path:feasibility.path,line,message:`nothing says that ${cited.map(fact=>fact.id).join(", ")} answers ${id}`,fix:"cite another fact, name it in probes.match of countersign.yaml, or mark the conclusion (inferred: reason)"}]})}};var NEEDS3=`## Capabilities

### CAP-1: Python

- Required: yes
`,HEAD4=`## Findings

| Need | Status | Fact | Evidence |
|---|---|---|---|
`,feasibilityNeed={id:"feasibility-need",severity:"error",mandatory:!0,summary:"Every capability and system has exactly one finding, and its status is a known one.",examples:[{title:"one finding a need",artifacts:{"requirements.md":NEEDS3,"feasibility.md":`${HEAD4}| CAP-1 | Resolved | 3.11 | probe:tool/python3 |
`},reports:[]},{title:"a need without a finding",artifacts:{"requirements.md":NEEDS3,"feasibility.md":`# F

## Findings

Nothing was looked at.
`},reports:[3]},{title:"two findings about one need, one with a status nobody knows",artifacts:{"requirements.md":NEEDS3,"feasibility.md":`${HEAD4}| CAP-1 | fine | 3.11 | probe:tool/python3 |
| CAP-1 | resolved | 3.12 | probe:tool/python3 |
`},reports:[5,6]}],check({requirements:requirements5,feasibility}){if(feasibility===void 0)return[];let{path,needs,doc}=feasibility,places=[],seen=new Map;for(let{need,status,rawStatus,line}of needs){let before=seen.get(need);before===void 0?seen.set(need,line):places.push({path,line,message:`${quoted(need)} already has a finding in line ${before}`,fix:"keep one row a need and join what they say"}),status===void 0&&places.push({path,line,message:`${quoted(rawStatus)} is no status`,fix:`one of ${NEED_STATUSES.join(", ")}`})}let section=sectionOf(doc,"Findings");for(let{id,title}of[...requirements5?.capabilities??[],...requirements5?.systems??[]])id!==""&&!seen.has(id)&&places.push({path,line:section?.line??1,message:`${id} (${quoted(title)}) has no finding, so it counts as unknown`,fix:`add a row | ${id} | status | fact | probe:... or stated:... |`});return places}};var frontMatter={id:"front-matter",severity:"error",summary:"An artifact starts with a front matter whose first key says what it is, and whose keys and values are known.",examples:[{title:"a complete front matter",artifacts:{"requirements.md":`---
countersign: requirements/1
title: DNS
owner: Ann
---
`},reports:[]},{title:"none at all",artifacts:{"requirements.md":`# DNS
`},reports:[1]},{title:"a misspelt key",artifacts:{"requirements.md":`---
countersign: requirements/1
title: DNS
owner: Ann
risks: low
---
`},reports:[5]},{title:"YAML that does not parse",artifacts:{"feasibility.md":`---
countersign: feasibility/1
decision: [feasible
---
`},reports:[3]}],check:({requirements:requirements5,feasibility,design:design2})=>[requirements5,feasibility,design2].flatMap(artifact=>artifact?.findings??[])};var requirements2={"requirements.md":`## Requirements

### REQ-2: Mail

It SHALL mail.

- **AC-2.1** A mail.
`},idReused={id:"id-reused",severity:"error",mandatory:!0,summary:"An id that was approved and taken out again is not given to something else: approvals, evidence and tickets still mean the old one. What comes back under its old title may have its old id.",examples:[{title:"an id that was never used before",artifacts:requirements2,reports:[]},{title:"the same entry comes back",artifacts:requirements2,retired:{"REQ-2":"Mail"},reports:[]},{title:"the id of something that was taken out",artifacts:requirements2,retired:{"REQ-2":"Print the report"},reports:[3]}],check(input){let{retired}=input;return retired===void 0||retired.size===0?[]:declared(input).flatMap(({path,entry:{id,title,line}})=>{let before=retired.get(id);return before===void 0||bare(before)===bare(title)?[]:[{path,line,message:`${id} was approved for something else, and taken out again`,fix:"give it the next number that was never used"}]})}},bare=title=>title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu," ").trim();var inferredUnconfirmed={id:"inferred-unconfirmed",severity:"info",summary:"A statement that was concluded and not said by a person is listed until someone confirms it; approving confirms it.",examples:[{title:"statements that people made",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

The tool SHALL greet.

- **AC-1.1** a
`},reports:[]},{title:"a requirement and a criterion that were concluded",artifacts:{"requirements.md":`## Requirements

### REQ-1: A

The tool SHALL greet. (inferred: main.py prints a name)

- **AC-1.1** a (inferred: a test of the old tool)
`},reports:[3,7]}],check:({requirements:requirements5})=>(requirements5?.requirements??[]).flatMap(requirement5=>[requirement5,...requirement5.criteria]).flatMap(({id,line,inferred})=>inferred===void 0?[]:[{path:requirements5.path,line,message:`${id} was concluded from ${quoted(inferred)}`,fix:"take the mark out once someone who knows has confirmed it; approving confirms it, too"}])};var mergeConflict={id:"merge-conflict",severity:"error",mandatory:!0,summary:"No conflict that git left behind is in an artifact: it says two things, and nobody decided for one.",examples:[{title:"a heading underlined with equals signs, a deep quotation, and arrows in prose",artifacts:{"requirements.md":`## Goal

Less work
=======

>>>>>>> as he said

<<<<<<< and on
`},reports:[]},{title:"two sides of a merge",artifacts:{"requirements.md":`## Goal

<<<<<<< HEAD
One office.
=======
All offices.
>>>>>>> other

<<<<<<< HEAD
|||||||
=======
>>>>>>> other
`},reports:[3,9]}],check:input=>artifactsOf(input).flatMap(({path,doc})=>conflictsIn(doc.text).map(line=>({path,line,message:"a merge conflict begins here that nobody has resolved",fix:"keep the text that is meant, take out the lines with <<<<<<<, ======= and >>>>>>>, and git add the file"})))};function conflictsIn(text2){let found=[],start=0,divided=!1;for(let[at,line]of text2.split(/\r\n?|\n/).entries())line.startsWith("<<<<<<< ")?[start,divided]=[at+1,!1]:start>0&&line==="======="?divided=!0:divided&&line.startsWith(">>>>>>> ")&&(found.push(start),[start,divided]=[0,!1]);return found}var HEAD5=`## Systems

| ID | System | Purpose | Required | If not available |
|---|---|---|---|---|
`,needFields={id:"need-fields",severity:"error",summary:"A capability or system says whether it is required (yes or no), and one that is not says what happens without it.",examples:[{title:"a required capability and an optional system",artifacts:{"requirements.md":`## Capabilities

### CAP-1: Python

- Required: yes

${HEAD5}| SYS-1 | Chat | tells the team | no | nobody is told |
`},reports:[]},{title:"neither yes nor no, and nothing at all",artifacts:{"requirements.md":`## Capabilities

### CAP-1: Python

- Required: maybe

### CAP-2: Bash

Any version.

${HEAD5}| SYS-1 | | tells the team | yes | stop |
`},reports:[5,7,15]},{title:"an optional one without a fallback",artifacts:{"requirements.md":`${HEAD5}| SYS-1 | Chat | tells the team | no | |
`},reports:[5]}],check:({requirements:requirements5})=>[...requirements5?.capabilities??[],...requirements5?.systems??[]].flatMap(need=>problems4(need).map(problem=>({path:requirements5.path,line:need.line,...problem})))};function problems4(need){let id=need.id===""?"the need":need.id.slice(0,40),found=[];return need.title===""&&found.push({message:`${id} has no name`,fix:"say which role or capability it is"}),need.required===void 0&&found.push({...need.requiredLine===void 0?{}:{line:need.requiredLine},message:`${id} does not say whether it is required, and counts as required until it does`,fix:"write yes or no for Required"}),need.required===!1&&/^-?$/.test(need.ifNot)&&found.push({message:`${id} is not required, and nothing says what happens without it`,fix:"say so under If not available"}),found}var requirement2=body=>({"requirements.md":`## Requirements

### REQ-1: A

${body}
`}),oneShall={id:"one-shall",severity:"warning",summary:"A sentence has one SHALL, so that each obligation can be met, tested and changed on its own.",examples:[{title:"two sentences with one each",artifacts:requirement2("The tool SHALL read v1.2 zones, e.g. from main.db. It SHALL write them to 10.0.0.1."),reports:[]},{title:"a relative clause with must, and quoted text",artifacts:requirement2('WHEN a name that must be unique exists, the tool SHALL print "you SHALL NOT pass" and stop.'),reports:[]},{title:"German",artifacts:requirement2("Namen, die eindeutig sein müssen, muss das Werkzeug prüfen."),reports:[]},{title:"two in one sentence",artifacts:requirement2("The tool SHALL read the zone and SHALL write it."),reports:[5]},{title:"in small letters",artifacts:requirement2(`The tool shall read it
and shall not write it.`),reports:[5]}],check:({requirements:requirements5})=>(requirements5?.requirements??[]).flatMap(requirement5=>statementsOf2(requirement5).flatMap(({text:text2,line})=>sentencesOf(text2).filter(sentence=>obligationsIn(sentence)>1).map(sentence=>({path:requirements5.path,line,message:`${requirement5.id}: ${obligationsIn(sentence)} obligations in one sentence: ${quoted(sentence)}`,fix:"write a sentence for each, or a requirement of its own"}))))};var openQuestion={id:"open-question",severity:"warning",atSubmission:"error",summary:"A question is answered before a stage is submitted; a draft may hold open ones.",examples:[{title:"answers on the line, in a nested item and in a block",artifacts:{"requirements.md":`## Questions

- **Q-1** Who owns it? Answer: Ann
- **Q-2** Since when?
  - Answer: May

### Q-3: Where?

- Answer: site A
`},reports:[]},{title:"open questions",artifacts:{"requirements.md":`## Questions

- **Q-1** Who owns it?
- **Q-2** Since when? Answer: tbd
`,"feasibility.md":`## Open questions

### Q-3: Where?

- Answer:
`},reports:[3,3,4]}],check:({requirements:requirements5,feasibility})=>[requirements5,feasibility].filter(artifact=>artifact!==void 0).flatMap(({path,questions})=>questions.filter(({answer})=>/^(?:|-|\?+|tbd|tbc|todo|open|pending)\.?$/i.test(answer)).map(({id,line})=>({path,line,message:`${id} has no answer`,fix:'add "Answer: ...", or take the question and what hangs on it out of scope'})))};var orphanComponent={id:"orphan-component",severity:"warning",summary:"A component realises a requirement, or another component depends on it; else nobody asked for it.",examples:[{title:"one that realises, and one it depends on",artifacts:{"design.md":`## Components

### CMP-1: A

- Realises: REQ-1
- Depends on: CMP-2

### CMP-2: B

- Kind: library
`},reports:[]},{title:"one that stands alone",artifacts:{"design.md":`## Components

### CMP-1: A

- Realises: REQ-1

### CMP-2: B

- Depends on: CMP-1
`},reports:[7]},{title:"one that is skipped on purpose",artifacts:{"design.md":`## Components

### CMP-1: A

- Action: skip
`},reports:[]}],check({design:design2}){let needed=new Set(design2?.components.flatMap(one=>one.dependsOn.filter(id=>id!==one.id)));return(design2?.components??[]).filter(({id,realises,action})=>realises.length===0&&action!=="skip"&&!needed.has(id)).map(({id,line})=>({path:design2.path,line,message:`${id} realises nothing and nothing depends on it`,fix:"say which requirement it realises, let the component that needs it depend on it, or remove it"}))}};var components=(...paths)=>({"design.md":`## Components

${paths.map((path,at)=>`### CMP-${at+1}: A

- Paths: ${path}
`).join(`
`)}`}),pathClaimedTwice={id:"path-claimed-twice",severity:"warning",summary:"A path belongs to one component, so that a change of a file leads to one owner.",examples:[{title:"paths beside one another",artifacts:components("greet.py, greet/","greet_test.py","docs/*.md","docs/img/"),reports:[]},{title:"the same file",artifacts:components("greet.py","./greet.py"),reports:[9]},{title:"a file in a folder",artifacts:components("roles/vlan/tasks/main.yml","roles/vlan/"),reports:[5]},{title:"a file that a pattern matches",artifacts:components("src/**/*.py","src/net/ports.py"),reports:[9]},{title:"a pattern within a folder",artifacts:components("src/","src/net/*.py"),reports:[9]},{title:"a folder that two repositories have",artifacts:components("lib/","https://git.example.net/a@1f"),reports:[]}],check({design:design2}){let claims2=(design2?.components??[]).flatMap(({id,paths,fields,line})=>paths.filter(path=>!isElsewhere(path)).map(path=>({owner:id,line:fields.get("paths")?.line??line,path})));return conflictsOf(claims2).map(one=>place(design2.path,one))}};function place(path,{claim,other,same}){return{path,line:claim.line,message:`${claim.owner} claims ${quoted(claim.path)}, ${same?"and so does":"which is inside what"} ${other.owner}${same?"":` claims with ${quoted(other.path)}`}`,fix:"leave it to one of them; the other may depend on that component"}}var TEXT=`---
countersign: feasibility/1
decision: feasible
platform: sha256:${"0".repeat(64)}
---
`,platformSnapshot={id:"platform-snapshot",severity:"error",mandatory:!0,summary:"The platform snapshot that feasibility.md rests on is in the delivery, so that everyone can look at it.",examples:[{title:"a snapshot that is there",artifacts:{"feasibility.md":TEXT},facts:[],reports:[]},{title:"none, because people stated everything",artifacts:{"feasibility.md":TEXT.replace(/platform.*\n/,"")},reports:[]},{title:"a snapshot that is not there",artifacts:{"feasibility.md":TEXT},reports:[4]}],check({feasibility,platform}){let cited=feasibility?.front?.platform;return feasibility===void 0||cited===void 0||cited===`sha256:${platform?.sha256}`?[]:[{path:feasibility.path,line:keyLine(feasibility.doc,"platform"),message:`no probe of this delivery recorded ${cited.slice(0,19)}`,fix:"probe the platform and write the hash that it prints"}]}};var TEXT2=`---
countersign: feasibility/1
decision: feasible
platform: sha256:${"0".repeat(64)}
---
`,platformStale={id:"platform-stale",severity:"warning",summary:"The platform snapshot is not older than policy says (`probes.stale`, in days): adapters stop and rights are taken away.",examples:[{title:"a snapshot of last week",artifacts:{"feasibility.md":TEXT2},facts:[],age:{days:7,limit:30},reports:[]},{title:"a snapshot of last year",artifacts:{"feasibility.md":TEXT2},facts:[],age:{days:400,limit:30},reports:[4]}],check({feasibility,platform}){if(feasibility===void 0||platform?.age===void 0)return[];let{days,limit}=platform.age;return days<=limit?[]:[{path:feasibility.path,line:keyLine(feasibility.doc,"platform"),message:`the snapshot is ${days} days old, and policy calls it old after ${limit}`,fix:"probe again, look what moved (countersign probe --diff), and cite the new snapshot"}]}};var WHOLE=`## Problem

A.

## Goal

B.

## Scope

C.

## Requirements

### REQ-1: D

It SHALL D.
`,requiredSection={id:"required-section",severity:"error",summary:"An artifact has the sections without which a reviewer cannot decide, and none of them is empty.",examples:[{title:"all of them",artifacts:{"requirements.md":WHOLE},reports:[]},{title:"numbered headings in other letter case",artifacts:{"feasibility.md":`## 1. FINDINGS

Nothing is needed.
`},reports:[]},{title:"a missing section",artifacts:{"requirements.md":WHOLE.replace(`## Scope

C.

`,"")},reports:[1]},{title:"an empty section",artifacts:{"requirements.md":WHOLE.replace(`B.

`,"")},reports:[5]},{title:"requirements without a single entry",artifacts:{"requirements.md":WHOLE.replace(`### REQ-1: D

It SHALL D.`,"To be written.")},reports:[13]}],check:input=>knownSections(input).flatMap(({path,facts:facts2,section})=>{if(!facts2.required)return[];let{title,holds,prefix}=facts2;return section===void 0?[{path,line:1,message:`the section ${title} is missing`,fix:`add "## ${title}": ${holds}`}]:section.blocks.length>0?[]:prefix!==void 0?[{path,line:section.line,message:`${title} has no entry`,fix:`add a block "### ${prefix}-1: ..."`}]:section.nodes.length>0?[]:[{path,line:section.line,message:`${title} is empty`,fix:`say ${holds}`}]})};var requirement3=(body,title="Greeting")=>({"requirements.md":`## Requirements

### REQ-1: ${title}

${body}
- **AC-1.1** A name appears.
`}),requirementStatement={id:"requirement-statement",severity:"error",summary:"A requirement says in a sentence with SHALL (or MUST) what the automation does. Obligations of other languages count, text in a language that is not known here is left alone, and the sentence may stand in a paragraph, a list, the heading or a criterion.",examples:[{title:"SHALL in a paragraph",artifacts:requirement3(`The tool **SHALL** print the name.
`),reports:[]},{title:"small letters, over two lines",artifacts:requirement3(`The tool
shall print the name.
`),reports:[]},{title:"in a list",artifacts:requirement3(`- WHEN it starts, the tool SHALL print the name.
`),reports:[]},{title:"German",artifacts:requirement3(`Das Werkzeug muss den Namen ausgeben.
`),reports:[]},{title:"Japanese",artifacts:requirement3(`ツールは名前を表示しなければならない。
`,"挨拶"),reports:[]},{title:"Hungarian, whose obligations are not known here",artifacts:{"requirements.md":`## Requirements

### REQ-1: Üdvözlés

Az eszköznek ki kell írnia a nevet.

- **AC-1.1** A név megjelenik.
`},reports:[]},{title:"a user story whose criteria oblige",artifacts:{"requirements.md":`## Requirements

### REQ-1: Greeting

As a user, I want to be greeted.

- **AC-1.1** WHEN it starts THEN the tool SHALL print the name.
`},reports:[]},{title:"a description",artifacts:requirement3(`The tool prints the name of the user.
`),reports:[3]},{title:"no sentence at all",artifacts:{"requirements.md":`## Requirements

### REQ-1: Greeting
`},reports:[3]}],check:({requirements:requirements5})=>(requirements5?.requirements??[]).filter(lacksStatement).map(({id,line})=>({path:requirements5.path,line,message:`no sentence of ${id} says what the automation SHALL do`,fix:'write "The <system> SHALL <response>.", or "WHEN <trigger>, the <system> SHALL <response>."'}))};function lacksStatement(requirement5){let{title,criteria:criteria2}=requirement5,texts=[...statementsOf2(requirement5),...criteria2.map(one=>({text:one.title}))].map(one=>one.text);return[title,...texts].some(obliges)||texts.some(text2=>weakWord(text2)!==void 0)?!1:texts.length===0||isEnglish(texts.join(" "))}var SHAPES=[{kind:"a private key",shape:/-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/},{kind:"a cloud access key",shape:/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/},{kind:"a code host's token",shape:/\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40}|glpat-[\w-]{20})/},{kind:"a chat token",shape:/\bxox[abeprs]-\d[\w-]{10}/},{kind:"a vault token",shape:/\bhvs\.[\w-]{24}/},{kind:"a signed token",shape:/\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10}/}],NAME="(?:pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)",VALUE="[\"'`]?([^\\s\"'`|,;<>]{8,200})",GIVEN=new RegExp(`(?:${NAME}["'\`]?\\s{0,3}=\\s{0,3}|--[\\w-]{0,40}${NAME}\\s{1,3})${VALUE}`,"gi"),SAID=new RegExp(`${NAME}["'\`]?\\s{0,3}:\\s{0,3}${VALUE}`,"gi"),IN_URL=/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:([^\s/@]{1,200})@/gi,REFERENCE=/^(?:\$|%|<|\{|\[|\*|x{3,}|\.{3}|!|(?:sha256|vault|env|file|ssm|op|secret|https?|arn):)|\{\{|\$\{|^(?:~|\.{0,2})\/|^[\w.-]+(?:\/[\w.{}-]+)+$/i;function secretsIn(text2){return text2.split(/\r\n|\r|\n/).flatMap((content,at)=>{let kind=kindIn(content.slice(0,2e4));return kind===void 0?[]:[{kind,line:at+1}]})}function kindIn(line){let shaped=SHAPES.find(({shape})=>shape.test(line));if(shaped!==void 0)return shaped.kind;if([...line.matchAll(IN_URL)].some(match=>!REFERENCE.test(match[1])&&match[1].length>=4))return"a password in an address";let values=pattern=>[...line.matchAll(pattern)].map(match=>match[1]).filter(isLiteral);return values(GIVEN).length>0||values(SAID).some(isRandom)?"a password or key":void 0}var isLiteral=value=>/\d/.test(value)&&new RegExp("\\p{L}","u").test(value)&&!REFERENCE.test(value)&&!/^[A-Z]+-\d+(?:\.\d+)?\W*$/.test(value),isRandom=value=>value.split(/[-_.:()]/).some(part=>part.length>3&&!new RegExp("^(?:\\p{L}+\\d{0,4}|\\d+)$","u").test(part));var text=line=>({"requirements.md":`## Problem

${line}
`}),secretInText={id:"secret-in-text",severity:"error",summary:"No artifact holds a secret: its text is frozen as evidence, read by many and never deleted.",examples:[{title:"where the secret is kept",artifacts:text('The password: vault:kv/dns#api, and TOKEN=$DNS_TOKEN1 or --token "$DNS_TOKEN1".'),reports:[]},{title:"words about secrets",artifacts:text("The token expires2027, password: rotated-in-2027 quarterly, token: 2FA-enabled, secret: CON-1200."),reports:[]},{title:"a password",artifacts:text("Log in with password=tr0ub4dor&3x."),reports:[3]},{title:"a key as a setting, and as an option",artifacts:text('```\napi_key: "k3Jd-92ksPq01"\ndeploy --auth-token 9f86d081884c\n```'),reports:[4,5]},{title:"a password in an address",artifacts:text("It reads https://svc:h7Gx2kQ9@dns.example.net/api today."),reports:[3]},{title:"a private key",artifacts:text("```\n-----BEGIN OPENSSH PRIVATE KEY-----\n```"),reports:[4]}],check:input=>artifactsOf(input).flatMap(({path,doc})=>secretsIn(doc.text).map(({kind,line})=>({path,line,message:`this line seems to hold ${kind} (not shown here)`,fix:"remove it, change it where it is used, and say instead where it is kept"})))};var FOUND=`## Findings

| Need | Status | Fact | Evidence |
|---|---|---|---|
| SYS-4 | stub | not here yet | probe:kubernetes/lab |
`,stubContract={id:"stub-contract",severity:"warning",atSubmission:"error",summary:"The design says under Interfaces what a stub has to do, so that the real system can take its place.",examples:[{title:"a contract for the stub",artifacts:{"feasibility.md":FOUND,"design.md":`# D

## Interfaces

The stub for SYS-4 takes a digest and answers with a state.
`},reports:[]},{title:"a stub that nothing describes",artifacts:{"feasibility.md":FOUND,"design.md":`# D

## Interfaces

None.
`},reports:[3]}],check({feasibility,design:design2}){if(feasibility===void 0||design2===void 0)return[];let section=sectionOf(design2.doc,"Interfaces"),text2=section===void 0?"":design2.doc.text.slice(section.bodyStart,section.end),named=new Set(idsIn(text2));return feasibility.needs.filter(({need,status})=>status==="stub"&&!named.has(need)).map(({need})=>({path:design2.path,line:section?.line??1,message:`${need} is a stub, and the design does not say what it has to do`,fix:`write under Interfaces what a stand-in for ${need} takes and answers`}))}};var HEAD6=`## Systems

| ID | System | Purpose | Required | If not available |
| --- | --- | --- | --- | --- |
`,tableColumns={id:"table-columns",severity:"error",summary:"A table has the columns that are read, and every row has a cell for each column.",examples:[{title:"the expected columns and one more",artifacts:{"requirements.md":`## Limits

| Limit | Value | Why |
|---|---|---|
| batch | 10 | API |
`},reports:[]},{title:"a cell with an escaped bar and an empty one",artifacts:{"requirements.md":`${HEAD6}| SYS-1 | IPAM | a \\| b | yes | |
`},reports:[]},{title:"no table, because nothing is needed",artifacts:{"requirements.md":`## Systems

None.
`},reports:[]},{title:"a missing column",artifacts:{"requirements.md":`## Limits

| Limit | Amount |
|---|---|
| batch | 10 |
`},reports:[3]},{title:"a row with too few cells and one with too many",artifacts:{"requirements.md":`${HEAD6}| SYS-1 | IPAM | addresses | yes |
| SYS-2 | A | B | no | C | D |
`},reports:[5,6]},{title:"a line under the header that does not fit it, so that it is no table",artifacts:{"requirements.md":`## Limits

| Limit | Value |
|---|
| batch | 10 |
`},reports:[3]},{title:"a list",artifacts:{"requirements.md":`## Limits

- batch: 10
`},reports:[3]}],check:input=>knownSections(input).flatMap(({path,facts:facts2,section})=>{if(facts2.columns===void 0||section===void 0)return[];let tables=tablesOf(section);return(tables.length===0?notTables(facts2.columns,section):tables.flatMap(one=>inTable2(facts2,one))).map(place2=>({path,...place2}))})},headerOf=columns=>`| ${columns.join(" | ")} |`;function notTables(columns,section){let broken=paragraphsOf(section).find(paragraph=>paragraph.text.startsWith("|")),fix=`start it with ${headerOf(columns)} and a line of as many ---`;if(broken!==void 0)return[{line:broken.line,message:"this is no table: header and the line of --- differ in cells",fix}];let item=itemsOf(section)[0];return item===void 0?[]:[{line:item.line,message:`${section.title} is read from a table, not a list`,fix}]}function inTable2({columns=[]},table){let missing=columns.filter(column=>!table.header.includes(column.toLowerCase())),width=table.header.length;return[...missing.map(column=>({line:table.line,message:`the table has no column ${column}`,fix:`its header is ${headerOf(columns)}; further columns may follow`})),...table.rows.filter(row=>row.width!==width).map(row=>({line:row.line,message:`the row has ${row.width} cells, and the table ${width} columns`,fix:"give it one cell for each column; write \\| for a bar inside a cell"}))]}var requirements3=`## Requirements

### REQ-1: A

- **AC-1.1** a
`,unknownId={id:"unknown-id",severity:"error",mandatory:!0,summary:"What a field refers to by its id exists.",examples:[{title:"references that lead somewhere",artifacts:{"requirements.md":requirements3,"design.md":`## Components

### CMP-1: A

- Realises: REQ-1
- Depends on: none

## Verification

### CHK-1: A

- Criterion: AC-1.1
- Component: CMP-1
`},reports:[]},{title:"a requirement, a component and a criterion that are not there",artifacts:{"requirements.md":requirements3,"design.md":`## Components

### CMP-1: A

- Realises: REQ-1, REQ-2
- Depends on: CMP-9

## Verification

### CHK-1: A

- Criterion: AC-1.2
- Component: CMP-7
`},reports:[5,6,12,13]},{title:"a finding and a constraint about a need that nobody has",artifacts:{"requirements.md":`## Capabilities

### CAP-1: Python

- Required: yes
`,"feasibility.md":`## Findings

| Need | Status | Fact | Evidence |
|---|---|---|---|
| CAP-1 | resolved | 3.11 | probe:tool/python3 |
| CAP-2 | resolved | 3.11 | probe:tool/python3 |

## Feasibility constraints

- **FC-1** SYS-4 is read only.
`},reports:[6,10]},{title:"a design whose requirements are not written yet",artifacts:{"design.md":`## Components

### CMP-1: A

- Realises: REQ-1
`},reports:[]}],check:input=>[...inFeasibility(input),...input.design===void 0?[]:inDesign(input,input.design)]},FIX="correct the id, or add what it refers to";function inFeasibility({requirements:requirements5,feasibility}){if(requirements5===void 0||feasibility===void 0)return[];let{path,needs,constraints}=feasibility,known=new Set([...requirements5.capabilities,...requirements5.systems].map(need=>need.id)),rows=needs.filter(({need})=>!known.has(need)).map(({need,line})=>({path,line,message:need===""?"the row names no need":`no capability or system has the id ${need.slice(0,40)}`,fix:FIX})),answers=constraints.flatMap(constraint=>[...new Set(answeredNeeds(constraint))].filter(id=>!known.has(id)).map(id=>({path,line:constraint.line,message:`no capability or system has the id ${id}`,fix:FIX})));return[...rows,...answers]}function inDesign({requirements:requirements5},design2){let components2=new Set(design2.components.map(one=>one.id)),asked=new Set(requirements5?.requirements.map(one=>one.id)),criteria2=new Set(requirements5?.requirements.flatMap(one=>one.criteria.map(criterion2=>criterion2.id))),refer=(field,prefix,known,what)=>[...new Set(idsIn(field?.values.join(" ")??""))].filter(id=>id.startsWith(`${prefix}-`)&&!known.has(id)).map(id=>({path:design2.path,line:field?.line??1,message:`there is no ${what} ${id}`,fix:FIX}));return[...design2.components.flatMap(({fields})=>[...requirements5===void 0?[]:refer(fields.get("realises"),"REQ",asked,"requirement"),...refer(fields.get("depends on"),"CMP",components2,"component")]),...design2.checks.flatMap(({fields})=>[...requirements5===void 0?[]:refer(fields.get("criterion")??fields.get("criteria"),"AC",criteria2,"criterion"),...refer(fields.get("component"),"CMP",components2,"component")])]}var limits=(...rows)=>({"requirements.md":`## Limits

| Limit | Value |
|---|---|
${rows.map(row=>`| ${row} |
`).join("")}`}),unmeasurableLimit={id:"unmeasurable-limit",severity:"error",summary:"A limit has a value that a run can be measured against: a number, a percentage, an ISO 8601 duration, money in a period. Limits that runs look at have to be of their own kind; others may be any number with its unit.",examples:[{title:"limits of every kind",artifacts:limits("max-hosts | 20%","batch | 10","rto | PT30M","cost-ceiling | 200 EUR/month","log size | at most 5 GB","latency | < 200 ms"),reports:[]},{title:"words",artifacts:limits("batch | small","retries | unlimited","max-hosts | about 10"),reports:[5,6,7]},{title:"values of another kind",artifacts:limits("rto | 30 minutes","cost-ceiling | 200","max-hosts | 120%"),reports:[5,6,7]},{title:"a value without a name, and a name without a value",artifacts:limits(" | 10","batch | "),reports:[5,6]}],check:({requirements:requirements5})=>(requirements5?.limits??[]).flatMap(limit=>{let problem=problemOf3(limit);return problem===void 0?[]:[{path:requirements5.path,line:limit.line,...problem}]})};function problemOf3({name,value}){if(name==="")return{message:"the limit has no name",fix:"say what it limits"};let kind=limitKind(value),expected=LIMIT_KINDS.get(name.toLowerCase());if(kind!==void 0&&(expected===void 0||expected.includes(kind)))return;let kinds=expected??["count","percentage","duration","money","quantity"];return{message:value===""?`${quoted(name)} has no value`:`${quoted(name)}: ${quoted(value)} cannot be measured as ${expected?.join(" or ")??"anything"}`,fix:`write it like ${kinds.map(one=>LIMIT_EXAMPLE[one]).join(" or ")}`}}var requirements4=`## Requirements

### REQ-1: A

### REQ-2: B
`,unrealisedRequirement={id:"unrealised-requirement",severity:"error",summary:"Every requirement is realised by a component of the design.",examples:[{title:"both are realised",artifacts:{"requirements.md":requirements4,"design.md":`## Components

### CMP-1: A

- Realises:
  - REQ-1
  - REQ-2
`},reports:[]},{title:"one is left out",artifacts:{"requirements.md":requirements4,"design.md":`# D

## Components

### CMP-1: A

- Realises: REQ-1
`},reports:[3]}],check({requirements:requirements5,design:design2}){if(requirements5===void 0||design2===void 0)return[];let realised=new Set(design2.components.flatMap(component4=>component4.realises));return requirements5.requirements.filter(({id})=>!realised.has(id)).map(({id})=>({path:design2.path,line:sectionOf(design2.doc,"Components")?.line??1,message:`no component realises ${id}`,fix:`add ${id} to the "- Realises: ..." of the component that does`}))}};var TIME='a time, such as "within 2 s"',NUMBER="a number with its unit",CASES="the cases it means",OBSERVE="what can be observed",VAGUE_WORDS=[...vague(TIME,"quickly","promptly","rapidly","in a timely manner","timely","as soon as possible","asap","without (?:undue )?delay","fast enough","as fast as possible","instantly","near[ -]real[ -]time"),...vague(TIME,"schnell(?:stmöglich)?","zeitnah","unverzüglich","so bald wie möglich"),...vague(NUMBER,"adequate(?:ly)?","sufficient(?:ly)?","reasonabl[ey]","as few as possible","as many as possible","a (?:small|large) number of","highly (?:available|scalable|performant)","performant","scalable"),...vague(NUMBER,"ausreichend(?:e[mnrs]?)?","angemessen(?:e[mnrs]?)?","möglichst","performant(?:e[mnrs]?)?"),...vague(CASES,"appropriate(?:ly)?","as (?:needed|required|necessary|applicable)","if (?:necessary|possible|needed)","where (?:possible|applicable|appropriate)","when (?:necessary|needed)","etc","and so on","as far as possible","to the extent possible","usually"),...vague(CASES,"usw","ggf","bei Bedarf","falls (?:möglich|nötig)","wenn (?:möglich|nötig)","in der Regel","normalerweise"),...vague(OBSERVE,"user[ -]friendly","easy to use","easily","intuitive(?:ly)?","robust(?:ly)?","seamless(?:ly)?","efficiently","graceful(?:ly)?","state of the art","well[ -]designed"),...vague(OBSERVE,"benutzerfreundlich(?:e[mnrs]?)?","einfach zu bedienen","nahtlos(?:e[mnrs]?)?","ordnungsgemäß(?:e[mnrs]?)?"),...vague("what was decided, or a question Q-n","tbd","tbc","to be (?:defined|determined|decided|confirmed)","todo")];function vague(instead,...words){return words.map(word=>({word,instead}))}var PATTERN2=new RegExp(`(?<![\\p{L}\\p{N}_/-])(?:${VAGUE_WORDS.map(({word})=>`(${word})`).join("|")})(?![\\p{L}\\p{N}_/-])`,"giu");function vagueWordsIn(text2){let found=new Map;for(let match of text2.matchAll(PATTERN2)){let which=match.slice(1).findIndex(group=>group!==void 0);found.set(match[0].toLowerCase(),VAGUE_WORDS[which].instead)}return[...found].map(([word,instead])=>({found:word,instead}))}var requirement4=body=>({"requirements.md":`## Requirements

### REQ-1: A

${body}
`}),vagueWords={id:"vague-words",severity:"warning",summary:"Sentences that oblige, and acceptance criteria, avoid words that two readers measure differently. Prose around them may use any word.",examples:[{title:"a measure",artifacts:requirement4(`The tool SHALL answer within 2 s.

- **AC-1.1** 95% of 100 calls take under 2 s.`),reports:[]},{title:"prose that explains",artifacts:requirement4(`The old tool was not user-friendly, robust etc.

The tool SHALL print the zone.`),reports:[]},{title:"names that only look vague",artifacts:requirement4("The port SHALL run Fast Ethernet in the best effort class with easy-rsa and /opt/robust/bin."),reports:[]},{title:"words without a measure",artifacts:requirement4("The tool SHALL answer quickly and handle errors as appropriate."),reports:[5,5]},{title:"in a criterion, and in German",artifacts:requirement4(`Das Werkzeug MUSS zeitnah antworten.

- **AC-1.1** Sufficient addresses are free.`),reports:[5,7]}],check:({requirements:requirements5})=>(requirements5?.requirements??[]).flatMap(requirement5=>{let stated2=statementsOf2(requirement5).flatMap(({text:text2,line})=>sentencesOf(text2).filter(sentence=>obliges(sentence)||weakWord(sentence)!==void 0).map(sentence=>({id:requirement5.id,text:sentence,line}))),criteria2=requirement5.criteria.map(({id,title,line})=>({id,text:title,line}));return[...stated2,...criteria2].flatMap(({id,text:text2,line})=>vagueWordsIn(text2).map(({found,instead})=>({path:requirements5.path,line,message:`${id}: "${found}" means something else to every reader`,fix:`write ${instead}`})))})};var BINDINGS=`## Bindings

| Role | System | Adapter | Version |
|---|---|---|---|
`,vendorOutsideBindings={id:"vendor-outside-bindings",severity:"warning",summary:"Requirements and components name roles, and Bindings says which product fills each, so that a product can be swapped without touching intent. Decisions, Problem and fields such as Paths may name products.",examples:[{title:"a product in Bindings and in the decision for it",artifacts:{"requirements.md":`## Problem

NetBox is out of date.

## Requirements

### REQ-1: Reserves

The tool SHALL reserve the address in the IPAM.
`,"design.md":`## Decisions

### DEC-1: IPAM

- Choice: NetBox

${BINDINGS}| IPAM | NetBox | REST | 4.2 |

## Components

### CMP-1: Address client

- Paths: netbox/client.py
`},reports:[]},{title:"a product in a requirement and in a component",artifacts:{"requirements.md":`## Requirements

### REQ-1: Reserves

The tool SHALL reserve the address in NetBox.

- **AC-1.1** The NetBox prefix shows it.
`,"design.md":`${BINDINGS}| IPAM | NetBox 4.2 | REST | 4.2 |

## Components

### CMP-1: NetBox client

- Kind: module
`},reports:[9,5,7]},{title:"a language, and a product that is called as its role",artifacts:{"requirements.md":`## Requirements

### REQ-1: Runs

The script SHALL run under Python and ask the DNS.
`,"design.md":`${BINDINGS}| Runtime | Python 3.11 | | 3.11 |
| DNS | DNS | | |
`},reports:[]}],check(input){let names=productNames(input.design?.bindings??[]);if(names.length===0)return[];let pattern=new RegExp(`(?<![\\w-])(?:${names.map(escaped).join("|")})(?![\\w-])`);return intent(input).flatMap(({path,line,text:text2})=>{let name=pattern.exec(text2)?.[0];return name===void 0?[]:[{path,line,message:`${name} is a product of Bindings`,fix:"name the role that it fills"}]})}},PLAIN_ROLE=/\b(?:runtime|language|interpreter|shell|operating system|os|container engine|vcs|version control)\b/i;function productNames(bindings){let names=bindings.filter(({role})=>!PLAIN_ROLE.test(role)).flatMap(({role,system})=>system.split(/[,/(]|\bor\b/).map(name=>name.replace(/\)/g,"").replace(/\s+v?\d[\w.]*\s*$/,"").trim()).filter(name=>name.length>=3&&name.length<=60&&name.toLowerCase()!==role.toLowerCase()).filter(name=>/[A-Z]/.test(name)));return[...new Set(names)].sort((a,b)=>b.length-a.length).slice(0,200)}function intent({requirements:requirements5,design:design2}){return[...(requirements5?.requirements??[]).flatMap(({line,title,statements,criteria:criteria2})=>[{line,text:title},...statements,...criteria2.map(one=>({line:one.line,text:one.title}))]).map(one=>({path:requirements5.path,line:one.line,text:one.text})),...(design2===void 0?[]:componentLines(design2.doc)).map(one=>({path:design2.path,...one}))]}function componentLines(doc){return(sectionOf(doc,"Components")?.blocks??[]).flatMap(block=>[{line:block.line,text:block.title},...paragraphsOf(block),...prose(block)])}var prose=block=>itemsOf(block).filter(item=>!/^[A-Z][\w -]{0,40}:/.test(item.text)),escaped=text2=>text2.replace(/[\\^$.*+?()[\]{}|]/g,"\\$&");var RULES=[mergeConflict,frontMatter,requiredSection,duplicateSection,deepNesting,tableColumns,entryId,duplicateId,idReused,duplicateField,unknownId,needFields,requirementStatement,earsForm,oneShall,vagueWords,unmeasurableLimit,criterionMissing,criterionParent,feasibilityNeed,feasibilityEvidence,feasibilityMatch,feasibilityContradicted,feasibilityDecision,constraintReference,platformSnapshot,platformStale,decisionFields,constraintAnswered,stubContract,vendorOutsideBindings,componentFields,componentCycle,componentPath,pathClaimedTwice,unrealisedRequirement,orphanComponent,checkFields,checkAssertsNothing,criterionUnverified,componentWithoutCheck,openQuestion,extractedClaim,inferredUnconfirmed,secretInText,disableReason,disableUnused];export{knownPlaces,SECTIONS,runRules,artifactsOf,ruleInput,declared,obliges,secretsIn,RULES};
