/** Reserves a network in one system, reads it back, and tells another, whatever comes of it. */
export const playbook = `- name: Reserve a network
  hosts: localhost
  tasks:
    - name: Take the next network
      infoblox.nios_modules.nios_network:
        network: "{{ cidr }}"
        state: present
    - name: Read it back
      infoblox.nios_modules.nios_network_info:
        network: "{{ cidr }}"
    - name: Tell the switches
      cisco.ios.ios_vlans:
        config: "{{ vlans }}"
      ignore_errors: true
`;
