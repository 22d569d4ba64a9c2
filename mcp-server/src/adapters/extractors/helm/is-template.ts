/** Go template actions that only Helm's templates use; Jinja spells the same braces differently. */
const goAction =
  /\{\{-?\s*(?:\/\*|(?:\(*\s*)?\.(?:Values|Release|Chart|Capabilities|Files|Template|Subcharts)\b|include\s+"|template\s+"|define\s+"|toYaml\b|tpl\s|(?:if|with|range|else if)\s[^%}]*[.$](?:Values|Release|Chart|Capabilities|Context|context)\b|\$\w*\s*:=|end\b\s*-?\}\})/;

/** A file of a chart's `templates` folder that holds template actions: never YAML. */
export function isHelmTemplate(path: string, head: string): boolean {
  if (!/(?:^|\/)templates\//.test(path)) return false;
  if (/\.tpl$|(?:^|\/)NOTES\.txt$/.test(path)) return true;
  return /\.(?:ya?ml|json|txt)$/.test(path) && goAction.test(head);
}
