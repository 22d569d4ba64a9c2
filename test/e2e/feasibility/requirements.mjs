// Four needs: three that real programs and platforms answer, and one that only a person can.

export const requirements = `---
countersign: requirements/1
title: Addresses for services
owner: Ann Lee
risk: low
---

## Problem

Addresses are given out by hand.

## Goal

Nobody asks for one.

## Scope

### In scope

- Addresses of services.

## Capabilities

### CAP-1: Configuration management

- Required: yes
- If not available: stop

## Systems

| ID | System | Purpose | Required | If not available |
|---|---|---|---|---|
| SYS-1 | Address plan | Says which address is free | yes | Stop |
| SYS-2 | Container platform | Runs the service | yes | Stop |
| SYS-3 | Change record | Holds the approval | yes | REQ-1 writes a log |

## Requirements

### REQ-1: Reserve an address

WHEN a service is named, the tool SHALL reserve a free address in SYS-1.

- **AC-1.1** The address is free in SYS-1 before, and taken after.

## Constraints

- **CON-1** Nothing is reserved on a Sunday.
`;
