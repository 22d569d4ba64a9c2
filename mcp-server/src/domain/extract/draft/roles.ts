/** Roles that well-known systems play, so that intent can name the role and Bindings the product. */
const known: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:aws|amazon|azure|azurerm|azuread|google|gcp|openstack|ovh|hcloud|digitalocean|linode|oci|alicloud|scaleway)\b/,
    'Cloud platform',
  ],
  [/^(?:vsphere|vmware|proxmox|libvirt|nutanix|hyperv)\b/, 'Virtualisation platform'],
  [/^(?:infoblox|nios|netbox|phpipam|solarwinds|bluecat|efficientip)\b/, 'Address management'],
  [/^(?:route53|bind|powerdns|dns|cloudflare|nsupdate)\b/, 'Name service'],
  [/^(?:cisco|arista|juniper|junipernetworks|junos|eos|ios|nxos|iosxr|vyos|dellemc|network)\b/, 'Network devices'],
  [/^(?:f5|bigip|haproxy|nginx|traefik|gateway\.networking|envoy)\b/, 'Load balancing'],
  [/^(?:fortinet|fortios|paloalto|panos|checkpoint|asa)\b/, 'Firewall'],
  [/^(?:kubernetes|k8s|openshift|eks|gke|aks|nomad)\b/, 'Container platform'],
  [/^(?:helm|kustomize|flux|fluxcd|argocd|argoproj|timoni|cue-lang)\b|\.fluxcd\.io$/, 'Deployment tool'],
  [/^(?:docker|podman|buildah|containerd|nerdctl)$/, 'Container engine'],
  [
    /^(?:docker\.io|ghcr\.io|quay\.io|gcr\.io|registry\.)|\.azurecr\.io|\.dkr\.ecr\.|-docker\.pkg\.dev|^harbor\b/,
    'Image registry',
  ],
  [/^(?:github-actions|gitlab-ci|jenkins|actions|circleci|buildkite)\b/, 'Build service'],
  [/^(?:git|github|gitlab|bitbucket|gitea)$/, 'Source hosting'],
  [/^(?:vault|hashivault|cyberark|conjur|secretsmanager|onepassword|sops)\b/, 'Secret store'],
  [/^(?:servicenow|jira|remedy|snow)\b/, 'Ticket system'],
  [/^(?:slack|mattermost|teams|pagerduty|opsgenie|mail|smtp)\b/, 'Notification'],
  [/^(?:prometheus|grafana|datadog|zabbix|nagios|splunk|elastic|elasticsearch|newrelic|sensu|icinga)\b/, 'Monitoring'],
  [/^(?:postgres|postgresql|mysql|mariadb|mongodb|redis|oracle|mssql|rds)\b/, 'Database'],
  [/^(?:cert-manager|acme|letsencrypt|tls|certbot)\b/, 'Certificate authority'],
  [/^(?:windows|linux|apt|yum|dnf|systemd|debian|ubuntu|redhat)\b/, 'Operating system'],
  [/^(?:terraform|opentofu|tofu|ansible|puppet|chef|salt|make)$/, 'Automation tool'],
  [/^(?:s3|gcs|azurerm-backend|consul|http-backend|remote|local)$/, 'State storage'],
  [/^(?:keycloak|okta|ldap|activedirectory|freeipa)\b/, 'Identity provider'],
];

/** The role of a system by its name; for a system nobody here knows, its kind of tie says what can be said. */
export function roleOf(system: string, tie: string): string {
  // Who keeps an action says nothing of what it speaks to: `azure/setup-helm` installs a program.
  if (tie === 'action') return fallback['action']!;
  const name = system.toLowerCase();
  const found = known.find(([pattern]) => pattern.test(name));
  if (found !== undefined) return found[1];
  return fallback[tie] ?? 'Other system';
}

const fallback: { readonly [tie: string]: string } = {
  image: 'Container image',
  registry: 'Image registry',
  host: 'Host',
  api: 'Remote interface',
  backend: 'State storage',
  provider: 'Managed platform',
  module: 'Third-party module',
  collection: 'Managed platform',
  action: 'Build step library',
  'git-repository': 'Source hosting',
  'helm-repository': 'Chart repository',
  bucket: 'Object storage',
  role: 'Third-party role',
  cli: 'Command-line tool',
};
