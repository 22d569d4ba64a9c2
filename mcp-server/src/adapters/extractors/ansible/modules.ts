/**
 * Short module names and the collection that each belongs to. Playbooks from before Ansible 2.10, and most since, use
 * short names; the controller finds them by its routing table (ansible-core, `ansible_builtin_runtime.yml`).
 */
const byCollection: { readonly [collection: string]: string } = {
  'ansible.builtin':
    'add_host apt apt_key apt_repository assemble assert async_status blockinfile command copy cron deb822_repository debconf debug dnf dnf5 dpkg_selections expect fail fetch file find gather_facts get_url getent git group group_by hostname import_playbook import_role import_tasks include include_role include_tasks include_vars iptables known_hosts lineinfile meta mount_facts package package_facts pause ping pip raw reboot replace rpm_key script service service_facts set_fact set_stats setup shell slurp stat subversion systemd systemd_service sysvinit tempfile template unarchive uri user validate_argument_spec wait_for wait_for_connection yum yum_repository',
  'ansible.posix':
    'acl at authorized_key firewalld firewalld_info mount patch rhel_facts rhel_rpm_ostree rpm_ostree_upgrade seboolean selinux synchronize sysctl',
  'ansible.netcommon':
    'cli_backup cli_command cli_config cli_parse cli_restore grpc_config grpc_get net_get net_ping net_put netconf_config netconf_get netconf_rpc network_resource restconf_config restconf_get telnet',
  'ansible.utils': 'cli_parse fact_diff update_fact validate',
  'ansible.windows':
    'win_acl win_acl_inheritance win_certificate_store win_command win_copy win_dns_client win_domain win_domain_controller win_domain_membership win_dsc win_environment win_feature win_file win_find win_get_url win_group win_group_membership win_hostname win_optional_feature win_owner win_package win_path win_ping win_powershell win_reboot win_reg_stat win_regedit win_service win_service_info win_share win_shell win_stat win_tempfile win_template win_updates win_uri win_user win_user_right win_wait_for win_whoami',
  'community.windows':
    'win_audit_rule win_data_deduplication win_defrag win_disk_facts win_disk_image win_dns_record win_dns_zone win_domain_computer win_domain_group win_domain_group_membership win_domain_user win_dotnet_ngen win_eventlog win_firewall win_firewall_rule win_format win_hosts win_hotfix win_iis_virtualdirectory win_iis_webapplication win_iis_webapppool win_iis_webbinding win_iis_website win_inet_proxy win_initialize_disk win_lineinfile win_mapped_drive win_msg win_nssm win_pagefile win_partition win_power_plan win_psexec win_psmodule win_psrepository win_rabbitmq_plugin win_region win_robocopy win_route win_say win_scheduled_task win_scoop win_security_policy win_timezone win_toast win_unzip win_xml win_zip',
  'chocolatey.chocolatey':
    'win_chocolatey win_chocolatey_config win_chocolatey_facts win_chocolatey_feature win_chocolatey_source',
  'community.general':
    'airbrake_deployment aix_filesystem alternatives ansible_galaxy_install apache2_mod_proxy apache2_module apk apt_rpm archive atomic_container awall beadm bitbucket_deploy_key bower bundler bzr campfire capabilities cargo circonus_annotation clc_server cloudflare_dns cobbler_sync cobbler_system composer consul cpanm cronvar datadog_event datadog_monitor dconf deploy_helper dimensiondata_network django_manage dnsimple dnsmadeeasy easy_install ejabberd_user elasticsearch_plugin etcd3 facter filesystem flatpak flatpak_remote flowdock gandi_livedns gconftool2 gem git_config github_deploy_key github_issue github_key github_release github_repo github_webhook gitlab_branch gitlab_deploy_key gitlab_group gitlab_group_members gitlab_hook gitlab_project gitlab_project_variable gitlab_runner gitlab_user grove gunicorn hg hipchat homebrew homebrew_cask homebrew_tap htpasswd icinga2_feature icinga2_host imc_rest infinity ini_file installp interfaces_file ip_netns ipa_config ipa_dnsrecord ipa_dnszone ipa_group ipa_hbacrule ipa_host ipa_hostgroup ipa_role ipa_sudorule ipa_user ipmi_boot ipmi_power irc iso_create iso_extract ipify_facts jabber java_cert java_keystore jboss jenkins_build jenkins_job jenkins_job_info jenkins_plugin jenkins_script jira kdeconfig kernel_blacklist keycloak_client keycloak_group keycloak_realm keycloak_role keycloak_user keyring launchd layman lbu ldap_attrs ldap_entry ldap_passwd ldap_search linode linode_v4 listen_ports_facts locale_gen logentries logstash_plugin lvg lvol lxc_container lxd_container lxd_profile macports mail make manageiq_provider maven_artifact mattermost memset_zone modprobe monit mqtt mssql_db mssql_script nagios netcup_dns newrelic_deployment nexmo nginx_status_facts nmcli nomad_job nosh npm nsupdate ocapi_command odbc office_365_connector_card ohai omapi_host one_vm oneview_enclosure openbsd_pkg opendj_backendprop openwrt_init opkg osx_defaults ovirt pacemaker_cluster pacman pagerduty pagerduty_alert pam_limits pamd parted pear pids pingdom pip_package_info pipx pkg5 pkgin pkgng pkgutil pmem portage portinstall pritunl_user proxmox proxmox_kvm proxmox_template pubnub_blocks pulp_repo puppet pushbullet pushover python_requirements_info rax read_csv redfish_command redfish_config redfish_info redhat_subscription redis redis_data rhevm rhn_channel rhn_register rhsm_release rhsm_repository riak rocketchat rollbar_deployment rpm_ostree_pkg rundeck_job rundeck_project runit say scaleway_compute sefcontext selinux_permissive selogin sendgrid sensu_check seport serverless shutdown simpleinit_msb sl_vm slack slackpkg smartos_image_info snap snap_alias snmp_facts solaris_zone sorcery spectrum_device spotinst_aws_elastigroup ss_3par_cpg ssh_config stackdriver stacki_host statsd statusio_maintenance sudoers supervisorctl svc svr4pkg swdepot swupd syslogger syspatch sysrc sysupgrade taiga_issue telegram terraform timezone twilio typetalk udm_dns_record ufw uptimerobot urpmi usb_facts utm_dns_host vdo vertica_database vmadm wakeonlan wdc_redfish_command webfaction_app xattr xbps xenserver_guest xfconf xfs_quota xml yarn yum_versionlock zfs znode zpool_facts zypper zypper_repository',
  'community.crypto':
    'acme_account acme_certificate acme_challenge_cert_helper acme_inspect certificate_complete_chain ecs_certificate get_certificate luks_device openssh_cert openssh_keypair openssl_csr openssl_csr_info openssl_csr_pipe openssl_dhparam openssl_pkcs12 openssl_privatekey openssl_privatekey_info openssl_publickey openssl_signature x509_certificate x509_certificate_info x509_crl',
  'community.docker':
    'docker_compose docker_compose_v2 docker_config docker_container docker_container_exec docker_container_info docker_host_info docker_image docker_image_build docker_image_info docker_image_pull docker_login docker_network docker_network_info docker_node docker_node_info docker_plugin docker_prune docker_secret docker_service docker_stack docker_swarm docker_swarm_info docker_swarm_service docker_volume docker_volume_info',
  'containers.podman':
    'podman_container podman_container_info podman_image podman_network podman_play podman_pod podman_volume',
  'kubernetes.core':
    'helm helm_info helm_plugin helm_repository helm_template k8s k8s_auth k8s_cluster_info k8s_cp k8s_drain k8s_exec k8s_info k8s_json_patch k8s_log k8s_raw k8s_rollback k8s_scale k8s_service k8s_taint kubernetes',
  'community.mysql': 'mysql_db mysql_info mysql_query mysql_replication mysql_role mysql_user mysql_variables',
  'community.postgresql':
    'postgresql_copy postgresql_db postgresql_ext postgresql_idx postgresql_info postgresql_lang postgresql_membership postgresql_owner postgresql_pg_hba postgresql_ping postgresql_privs postgresql_query postgresql_schema postgresql_script postgresql_sequence postgresql_set postgresql_slot postgresql_table postgresql_tablespace postgresql_user',
  'community.mongodb': 'mongodb_parameter mongodb_replicaset mongodb_shell mongodb_status mongodb_user',
  'community.rabbitmq':
    'rabbitmq_binding rabbitmq_exchange rabbitmq_parameter rabbitmq_plugin rabbitmq_policy rabbitmq_queue rabbitmq_user rabbitmq_vhost',
  'community.proxysql': 'proxysql_backend_servers proxysql_mysql_users proxysql_query_rules',
  'community.grafana':
    'grafana_dashboard grafana_datasource grafana_folder grafana_organization grafana_plugin grafana_team grafana_user',
  'community.zabbix':
    'zabbix_action zabbix_group zabbix_host zabbix_hostmacro zabbix_maintenance zabbix_template zabbix_user',
  'community.hashi_vault':
    'vault_kv1_get vault_kv2_get vault_login vault_pki_generate_certificate vault_read vault_write',
  'community.vmware':
    'vmware_cluster vmware_datacenter vmware_datastore_info vmware_deploy_ovf vmware_dns_config vmware_dvs_portgroup vmware_dvswitch vmware_guest vmware_guest_disk vmware_guest_facts vmware_guest_find vmware_guest_info vmware_guest_network vmware_guest_powerstate vmware_guest_snapshot vmware_guest_tools_wait vmware_host vmware_host_config_manager vmware_host_maintenancemode vmware_portgroup vmware_resource_pool vmware_tag vmware_target_canonical_info vmware_vm_info vmware_vm_shell vmware_vmkernel vmware_vswitch vsphere_copy vsphere_file',
  'community.libvirt': 'virt virt_net virt_pool',
  'amazon.aws':
    'aws_az_facts aws_az_info aws_caller_facts aws_caller_info aws_s3 autoscaling_group cloudformation cloudformation_info cloudtrail cloudwatch_metric_alarm ec2 ec2_ami ec2_ami_info ec2_asg ec2_eip ec2_elb_lb ec2_eni ec2_group ec2_group_info ec2_instance ec2_instance_facts ec2_instance_info ec2_key ec2_launch_template ec2_metadata_facts ec2_security_group ec2_snapshot ec2_spot_instance ec2_tag ec2_vol ec2_vol_info ec2_vpc_dhcp_option ec2_vpc_endpoint ec2_vpc_igw ec2_vpc_nat_gateway ec2_vpc_net ec2_vpc_net_info ec2_vpc_route_table ec2_vpc_subnet ec2_vpc_subnet_info elb_application_lb elb_classic_lb iam_group iam_instance_profile iam_managed_policy iam_policy iam_role iam_user kms_key lambda lambda_alias lambda_event lambda_policy rds_cluster rds_instance rds_instance_info rds_snapshot rds_subnet_group route53 route53_health_check route53_info route53_zone s3_bucket s3_object s3_object_info sts_assume_role',
  'community.aws':
    'acm_certificate aws_acm aws_codebuild aws_config_rule aws_ssm_parameter_store cloudfront_distribution data_pipeline dynamodb_table ec2_customer_gateway ec2_lc ec2_vpc_peer ec2_vpc_vgw ec2_vpc_vpn ecs_cluster ecs_ecr ecs_service ecs_task ecs_taskdefinition efs eks_cluster elasticache elb_instance elb_network_lb elb_target elb_target_group execute_lambda iam_cert iam_access_key kinesis_stream redshift s3_lifecycle s3_sync s3_website secretsmanager_secret ses_identity sns sns_topic sqs_queue ssm_parameter waf_web_acl',
  'azure.azcollection':
    'azure_rm_aks azure_rm_appserviceplan azure_rm_availabilityset azure_rm_deployment azure_rm_dnsrecordset azure_rm_functionapp azure_rm_image azure_rm_keyvault azure_rm_keyvaultsecret azure_rm_loadbalancer azure_rm_networkinterface azure_rm_publicipaddress azure_rm_resource azure_rm_resource_info azure_rm_resourcegroup azure_rm_securitygroup azure_rm_sqldatabase azure_rm_sqlserver azure_rm_storageaccount azure_rm_storageblob azure_rm_subnet azure_rm_virtualmachine azure_rm_virtualmachine_info azure_rm_virtualnetwork azure_rm_webapp',
  'google.cloud':
    'gcp_bigquery_dataset gcp_cloudbuild_trigger gcp_compute_address gcp_compute_disk gcp_compute_firewall gcp_compute_forwarding_rule gcp_compute_instance gcp_compute_instance_info gcp_compute_network gcp_compute_subnetwork gcp_container_cluster gcp_container_node_pool gcp_dns_managed_zone gcp_dns_resource_record_set gcp_iam_role gcp_iam_service_account gcp_pubsub_topic gcp_sql_database gcp_sql_instance gcp_sql_user gcp_storage_bucket gcp_storage_object',
  'openstack.cloud':
    'os_image os_keypair os_network os_port os_router os_security_group os_security_group_rule os_server os_server_facts os_server_info os_server_volume os_subnet os_volume',
  'community.digitalocean':
    'digital_ocean digital_ocean_block_storage digital_ocean_domain digital_ocean_droplet digital_ocean_firewall digital_ocean_floating_ip digital_ocean_sshkey digital_ocean_tag',
  'hetzner.hcloud':
    'hcloud_firewall hcloud_floating_ip hcloud_load_balancer hcloud_network hcloud_server hcloud_server_info hcloud_ssh_key hcloud_volume',
  'infoblox.nios_modules':
    'nios_a_record nios_aaaa_record nios_cname_record nios_dns_view nios_fixed_address nios_host_record nios_member nios_mx_record nios_naptr_record nios_network nios_network_view nios_next_ip nios_next_network nios_nsgroup nios_ptr_record nios_range nios_srv_record nios_txt_record nios_zone',
  'netbox.netbox':
    'netbox_cluster netbox_device netbox_device_interface netbox_ip_address netbox_ipam_role netbox_prefix netbox_site netbox_tenant netbox_virtual_machine netbox_vlan netbox_vrf',
  'servicenow.itsm': 'change_request configuration_item incident problem',
  'servicenow.servicenow': 'snow_record snow_record_find',
  'f5networks.f5_modules':
    'bigip_command bigip_config bigip_device_auth bigip_device_dns bigip_device_info bigip_facts bigip_iapp_service bigip_irule bigip_monitor_http bigip_monitor_https bigip_node bigip_partition bigip_policy bigip_pool bigip_pool_member bigip_profile_client_ssl bigip_provision bigip_selfip bigip_ssl_certificate bigip_ucs bigip_virtual_address bigip_virtual_server bigip_vlan bigiq_application_fasthttp',
  'cisco.ios':
    'ios_acls ios_banner ios_bgp ios_command ios_config ios_facts ios_interface ios_interfaces ios_l2_interfaces ios_l3_interfaces ios_linkagg ios_logging ios_ntp ios_ping ios_static_route ios_static_routes ios_system ios_user ios_vlan ios_vlans ios_vrf',
  'cisco.nxos':
    'nxos_acl nxos_banner nxos_bgp nxos_command nxos_config nxos_facts nxos_feature nxos_interfaces nxos_l2_interfaces nxos_l3_interfaces nxos_ntp nxos_static_routes nxos_system nxos_user nxos_vlan nxos_vlans nxos_vpc nxos_vrf nxos_vxlan_vtep',
  'cisco.iosxr':
    'iosxr_banner iosxr_command iosxr_config iosxr_facts iosxr_interfaces iosxr_netconf iosxr_system iosxr_user',
  'cisco.asa': 'asa_acl asa_acls asa_command asa_config asa_facts asa_og asa_ogs',
  'cisco.aci':
    'aci_aep aci_ap aci_bd aci_bd_subnet aci_contract aci_epg aci_epg_to_contract aci_filter aci_l3out aci_rest aci_tenant aci_vrf',
  'cisco.meraki': 'meraki_admin meraki_device meraki_network meraki_organization meraki_ssid meraki_vlan',
  'cisco.ucs': 'ucs_service_profile_template ucs_vlans',
  'cisco.intersight': 'intersight_info intersight_rest_api',
  'arista.eos':
    'eos_acls eos_banner eos_bgp eos_command eos_config eos_eapi eos_facts eos_interfaces eos_l2_interfaces eos_l3_interfaces eos_static_routes eos_system eos_user eos_vlan eos_vlans eos_vrf',
  'junipernetworks.junos':
    'junos_banner junos_command junos_config junos_facts junos_interfaces junos_l3_interfaces junos_netconf junos_ping junos_rpc junos_static_routes junos_system junos_user junos_vlan junos_vlans junos_vrf',
  'vyos.vyos':
    'vyos_banner vyos_command vyos_config vyos_facts vyos_interfaces vyos_l3_interfaces vyos_static_routes vyos_system vyos_user vyos_vlan',
  'paloaltonetworks.panos':
    'panos_address_object panos_address_group panos_admin panos_commit panos_commit_firewall panos_config_element panos_facts panos_interface panos_nat_rule panos_object panos_op panos_security_rule panos_service_object panos_tag_object panos_zone',
  'fortinet.fortios':
    'fortios_address fortios_config fortios_firewall_address fortios_firewall_addrgrp fortios_firewall_policy fortios_monitor_fact fortios_router_static fortios_system_global fortios_system_interface fortios_webfilter',
  'check_point.mgmt':
    'cp_mgmt_access_rule cp_mgmt_host cp_mgmt_host_facts cp_mgmt_install_policy cp_mgmt_network cp_mgmt_publish checkpoint_host checkpoint_session',
  'dellemc.openmanage':
    'dellemc_configure_idrac_eventing idrac_bios idrac_firmware idrac_reset idrac_server_config_profile ome_firmware ome_device_info',
  'netapp.ontap':
    'na_ontap_aggregate na_ontap_cifs na_ontap_export_policy na_ontap_info na_ontap_interface na_ontap_lun na_ontap_nfs na_ontap_snapmirror na_ontap_snapshot na_ontap_svm na_ontap_volume',
  'purestorage.flasharray': 'purefa_host purefa_hg purefa_info purefa_pg purefa_snap purefa_volume',
  'awx.awx':
    'tower_credential tower_group tower_host tower_inventory tower_job_launch tower_job_template tower_job_wait tower_organization tower_project tower_team tower_user tower_workflow_launch',
  'theforeman.foreman': 'foreman katello',
  'ovirt.ovirt':
    'ovirt_auth ovirt_cluster ovirt_datacenter ovirt_disk ovirt_host ovirt_network ovirt_storage_domain ovirt_template ovirt_vm ovirt_vm_facts ovirt_vm_info',
};

const collectionOf = new Map<string, string>();
for (const [collection, modules] of Object.entries(byCollection))
  for (const module of modules.split(' ')) if (!collectionOf.has(module)) collectionOf.set(module, collection);

/** `ec2_instance` -> `amazon.aws.ec2_instance`; names with dots are full already, unknown ones have no full name. */
export function fullModuleName(written: string): string | undefined {
  if (written.includes('.')) return written.replace(/^ansible\.legacy\./, 'ansible.builtin.');
  const collection = collectionOf.get(written);
  return collection === undefined ? undefined : `${collection}.${written}`;
}

/** True for a short name whose collection is known. */
export function isShortName(name: string): boolean {
  return collectionOf.has(name);
}

/** True for the name of a module, short or full. */
export function isModuleName(key: string): boolean {
  return collectionOf.has(key) || /^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*){2,}$/.test(key);
}

/** Collections of modules that work on the machine itself, whatever it is. */
const neutral = new Set([
  'ansible.builtin',
  'ansible.posix',
  'ansible.utils',
  'ansible.netcommon',
  'ansible.legacy',
  'community.general',
  'community.crypto',
]);

const collectionSystems: { readonly [collection: string]: string } = {
  'amazon.aws': 'aws',
  'community.aws': 'aws',
  'azure.azcollection': 'azure',
  'google.cloud': 'gcp',
  'kubernetes.core': 'kubernetes',
  'community.kubernetes': 'kubernetes',
  'community.okd': 'openshift',
  'redhat.openshift': 'openshift',
  'openstack.cloud': 'openstack',
  'containers.podman': 'podman',
  'ansible.windows': 'windows',
  'community.windows': 'windows',
  'microsoft.ad': 'active-directory',
  'chocolatey.chocolatey': 'chocolatey',
  'community.hashi_vault': 'vault',
  'infoblox.nios_modules': 'infoblox',
  'infoblox.bloxone': 'infoblox',
  'netbox.netbox': 'netbox',
  'networktocode.nautobot': 'nautobot',
  'servicenow.itsm': 'servicenow',
  'servicenow.servicenow': 'servicenow',
  'f5networks.f5_modules': 'f5-bigip',
  'f5networks.f5_bigip': 'f5-bigip',
  'cisco.ios': 'cisco-ios',
  'cisco.nxos': 'cisco-nxos',
  'cisco.iosxr': 'cisco-iosxr',
  'cisco.asa': 'cisco-asa',
  'cisco.aci': 'cisco-aci',
  'cisco.meraki': 'cisco-meraki',
  'cisco.dnac': 'cisco-dnac',
  'cisco.ucs': 'cisco-ucs',
  'cisco.intersight': 'cisco-intersight',
  'arista.eos': 'arista-eos',
  'junipernetworks.junos': 'juniper-junos',
  'vyos.vyos': 'vyos',
  'paloaltonetworks.panos': 'palo-alto-panos',
  'fortinet.fortios': 'fortinet-fortios',
  'fortinet.fortimanager': 'fortinet-fortimanager',
  'check_point.mgmt': 'check-point',
  'hetzner.hcloud': 'hetzner',
  'amazon.cloud': 'aws',
  'ansible.controller': 'awx',
  'ansible.eda': 'awx',
  'ansible.hub': 'awx',
  'ansible.platform': 'awx',
  'awx.awx': 'awx',
  'theforeman.foreman': 'foreman',
  'redhat.satellite': 'foreman',
  'vmware.vmware': 'vmware',
  'vmware.vmware_rest': 'vmware',
  'oracle.oci': 'oci',
  'ibm.cloudcollection': 'ibm-cloud',
};

/** Prefixes of modules of mixed collections that speak to one product. */
const moduleSystems: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:gitlab|github|bitbucket|jenkins|keycloak|ipa|cobbler|consul|datadog|icinga2|jira|ldap|linode|lxd|lxc|nagios|newrelic|nomad|pagerduty|proxmox|redfish|redis|rundeck|scaleway|sensu|slack|mattermost|rocketchat|telegram|terraform|xenserver|manageiq|cloudflare|mssql|elasticsearch|hipchat|puppet|vertica|etcd3|twilio|monit|supervisorctl)(?=_|$)/,
    '',
  ],
  [/^one_/, 'opennebula'],
  [/^acme_/, 'acme'],
];

/** The system that a module speaks to; undefined for modules that only work on the host at hand. */
export function systemOfModule(full: string): string | undefined {
  const [namespace = '', name = ''] = full.split('.');
  const module = full.slice(full.lastIndexOf('.') + 1);
  const collection = `${namespace}.${name}`;
  if (collection === 'community.general' || collection === 'community.crypto') {
    for (const [prefix, system] of moduleSystems) {
      const match = prefix.exec(module);
      if (match !== null) return system || match[0];
    }
    return undefined;
  }
  return neutral.has(collection) ? undefined : systemOfCollection(collection);
}

/** Namespaces of those who publish collections for the products of many; elsewhere the namespace is the product's or its maker's. */
const publishers = new Set([
  'ansible',
  'community',
  'fedora',
  'infra',
  'middleware_automation',
  'redhat',
  'redhat_cop',
  'stackhpc',
]);

/** The system behind a collection, by a table, else by its own name; undefined for those that serve any host. */
export function systemOfCollection(collection: string): string | undefined {
  if (neutral.has(collection)) return undefined;
  const known = collectionSystems[collection];
  if (known !== undefined) return known;
  const [namespace = '', name = ''] = collection.split('.');
  return publishers.has(namespace) ? name : namespace;
}
