var isRefusal=asked=>"outcome"in asked,defineProbe=probe=>probe;export{isRefusal,defineProbe};
