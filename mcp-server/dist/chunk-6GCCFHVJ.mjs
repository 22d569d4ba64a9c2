var CHANGE_ACTIONS=["status","propose","plan","apply","verify","abandon","rebase"];export{CHANGE_ACTIONS};
