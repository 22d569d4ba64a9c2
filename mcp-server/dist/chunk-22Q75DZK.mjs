var isObserved=(support,runs)=>runs>=5&&support/runs>.8;export{isObserved};
