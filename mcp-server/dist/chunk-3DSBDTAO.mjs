var severities=["info","warning","error"];export{severities};
