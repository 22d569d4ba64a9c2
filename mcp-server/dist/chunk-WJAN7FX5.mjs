var POLICY_FILE="countersign.yaml";export{POLICY_FILE};
