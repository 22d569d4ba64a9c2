var oneLine=text=>text.replace(/[\p{Cc}\p{Cf}\s]+/gu," ").trim();export{oneLine};
