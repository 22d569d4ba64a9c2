var word=text=>`'${text.replaceAll("\0","").replaceAll("'","'\\''")}'`,line=text=>text.replace(/[\p{Cc}\p{Cf}\s]+/gu," ").trim();export{word,line};
