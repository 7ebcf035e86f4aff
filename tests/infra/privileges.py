#!/usr/bin/env python3
"""Reads a plan and says where its policies allow too much.

  privileges.py wildcards.tsv PLAN.json     (terraform show -json)

A policy is read from the policy documents of the plan, also from those that are known only in part: a resource that is not there yet has no ARN, but
its policy's actions and the resources that it spells out are known. So that none escapes, every policy of a resource has to come from such a document
of its own module or be known as a whole.
"""
import json
import sys

# Attributes of resources that hold a policy.
POLICIES = {"policy", "assume_role_policy", "inline_policy", "access_policy", "repository_policy", "resource_policy"}
# These hold something else under that name.
NO_POLICIES = {"aws_ecr_lifecycle_policy"}


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def modules(module, address=""):
    """Every module of a configuration with its address, root first."""
    yield address, module
    for name, call in module.get("module_calls", {}).items():
        yield from modules(call["module"], f"{address}.module.{name}" if address else f"module.{name}")


def without_keys(address):
    """module.task["silver"].x -> module.task.x"""
    out, depth = "", 0
    for character in address:
        depth += character == "["
        if depth == 0:
            out += character
        depth -= character == "]"
    return out


def statements_of_document(after, unknown):
    """Statements of a policy document as the provider takes them; a list that is not known has none."""
    for index, statement in enumerate(as_list(after.get("statement"))):
        hidden = as_list(unknown.get("statement"))
        hidden = hidden[index] if index < len(hidden) and isinstance(hidden[index], dict) else {}
        yield {
            "sid": statement.get("sid") or f"statement {index + 1}",
            "effect": statement.get("effect") or "Allow",
            "actions": as_list(statement.get("actions")),
            "resources": [resource for resource in as_list(statement.get("resources")) if resource is not None],
            "hidden": [name for name in ("actions", "effect", "not_actions", "not_resources") if hidden.get(name) is True],
            "negated": bool(statement.get("not_actions") or statement.get("not_resources") or statement.get("not_principals")),
            "principals": [identifier for principal in as_list(statement.get("principals")) for identifier in as_list(principal.get("identifiers"))],
            "conditions": as_list(statement.get("condition")),
        }


def statements_of_json(text):
    for index, statement in enumerate(as_list(json.loads(text)["Statement"])):
        principal = statement.get("Principal")
        yield {
            "sid": statement.get("Sid") or f"statement {index + 1}",
            "effect": statement["Effect"],
            "actions": as_list(statement.get("Action")),
            "resources": as_list(statement.get("Resource")),
            "hidden": [],
            "negated": any(key in statement for key in ("NotAction", "NotResource", "NotPrincipal")),
            "principals": as_list(principal) if not isinstance(principal, dict) else [one for value in principal.values() for one in as_list(value)],
            "conditions": as_list(statement.get("Condition")),
        }


def faults_of(where, statement, wildcards):
    """What is wrong with a statement. Deny may be as wide as it likes."""
    if statement["effect"] != "Allow":
        return
    where = f"{where}, {statement['sid']}"
    if statement["negated"]:
        yield f"{where}: allows all but something; name what it allows"
    for name in statement["hidden"]:
        yield f"{where}: its {name} can't be read in the plan; write them out"
    for action in statement["actions"]:
        if "*" in action or "?" in action:
            yield f"{where}: allows {action}; name each action"
        # In the policy of a key or an endpoint "*" is what the policy is of; in a role's it is everything.
        if "*" in statement["resources"] and not statement["principals"] and action not in wildcards:
            yield f"{where}: allows {action} on every resource, which tests/infra/wildcards.tsv gives no reason for"
    for resource in statement["resources"]:
        if resource.startswith("arn:") and resource.split(":", 5)[5] == "*":
            yield f"{where}: allows every {resource.split(':')[2]} resource; name them"
    if "*" in statement["principals"] and not statement["conditions"] and "*" in statement["resources"]:
        yield f"{where}: lets anybody do it to everything"


def read(plan, wildcards):
    faults, statements, read_as_json = [], 0, set()
    sources = plan["configuration"]["root_module"]
    configured = {f"{address}.{resource['address']}" if address else resource["address"]: resource
                  for address, module in modules(sources) for resource in module.get("resources", [])}

    def known(module):
        yield from module.get("resources", [])
        for child in module.get("child_modules", []):
            yield from known(child)

    documents = {resource["address"]: (resource["values"], {}) for resource in known(plan.get("prior_state", {}).get("values", {}).get("root_module", {}))
                 if resource["type"] == "aws_iam_policy_document"}
    for change in plan["resource_changes"]:
        if change["type"] == "aws_iam_policy_document":
            documents[change["address"]] = (change["change"]["after"], change["change"]["after_unknown"])
    for address, (after, unknown) in documents.items():
        for statement in statements_of_document(after, unknown):
            statements += 1
            faults += faults_of(address, statement, wildcards)

    for change in plan["resource_changes"]:
        if change["mode"] != "managed" or change["type"] in NO_POLICIES or change["change"]["after"] is None:
            continue
        for attribute in POLICIES:
            value, unknown = change["change"]["after"].get(attribute), change["change"]["after_unknown"].get(attribute)
            if isinstance(value, str) and value:
                read_as_json.add(change["address"])
                for statement in statements_of_json(value):
                    statements += 1
                    faults += faults_of(change["address"], statement, wildcards)
            elif unknown is True:
                expression = configured[without_keys(change["address"])].get("expressions", {}).get(attribute)
                references = (expression or {}).get("references", [])
                if expression is not None and not any(reference.startswith("data.aws_iam_policy_document.") for reference in references):
                    faults.append(f"{change['address']}: its {attribute} can't be read in the plan and is no policy document of its module")

    faults += public(plan)
    return sorted(set(faults)), statements


def public(plan):
    """Addresses and rules that the world could reach, and what is kept in the clear."""
    for change in plan["resource_changes"]:
        after = change["change"]["after"] or {}
        where = change["address"]
        if change["mode"] != "managed":
            continue
        if change["type"] in ("aws_internet_gateway", "aws_nat_gateway", "aws_eip"):
            yield f"{where}: a way out to the world"
        if after.get("publicly_accessible") or after.get("map_public_ip_on_launch"):
            yield f"{where}: a public address"
        for network in as_list(after.get("network_configuration")):
            if isinstance(network, dict) and network.get("assign_public_ip"):
                yield f"{where}: a public address"
        if change["type"].startswith("aws_vpc_security_group_") and (after.get("cidr_ipv4") or after.get("cidr_ipv6")):
            yield f"{where}: a rule for addresses; name a group or a list of AWS's"
        if change["type"] == "aws_secretsmanager_secret_version" and (after.get("secret_string") or after.get("secret_binary")):
            yield f"{where}: the secret is in the state"
        for secret in ("password", "admin_user_password", "master_password"):
            if after.get(secret):
                yield f"{where}: {secret} is in the state"
        encrypted = {"aws_kinesis_stream": "kms_key_id", "aws_cloudwatch_log_group": "kms_key_id", "aws_sqs_queue": "kms_master_key_id", "aws_sns_topic": "kms_master_key_id",
                     "aws_secretsmanager_secret": "kms_key_id", "aws_redshiftserverless_namespace": "kms_key_id"}.get(change["type"])
        if encrypted and not after.get(encrypted) and not change["change"]["after_unknown"].get(encrypted):
            yield f"{where}: not encrypted with a key of ours"


def read_wildcards(path):
    """Action and reason, a line each."""
    found = {}
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            action, _, reason = line.rstrip("\n").partition("\t")
            if not reason.strip():
                sys.exit(f"{path}: {action} has no reason behind a tab")
            found[action] = reason
    return found


def main():
    wildcards = read_wildcards(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        faults, statements = read(json.load(file), wildcards)
    for fault in faults:
        print(fault)
    print(f"{statements} statements read, {len(faults)} faults")
    if statements < 40:
        print("fewer statements than the roots have: the plan is not read as it should be")
        return 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
