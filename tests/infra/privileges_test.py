#!/usr/bin/env python3
"""The test of the test: widens a real plan in one place at a time, and each time privileges.py has to find just that.

  privileges_test.py PLAN.json wildcards.tsv
"""
import copy
import json
import sys

import privileges

BRONZE = 'module.platform.module.task["bronze"].data.aws_iam_policy_document.task'


def change(plan, address):
    return next(change for change in plan["resource_changes"] if change["address"] == address)["change"]


def statement(plan, sid, address=BRONZE):
    return next(statement for statement in change(plan, address)["after"]["statement"] if statement.get("sid") == sid)


def first(plan, kind):
    return next(change for change in plan["resource_changes"] if change["type"] == kind)


def every_action_of_a_service(plan):
    statement(plan, "KeepRaw")["actions"] = ["s3:*"]


def every_action(plan):
    statement(plan, "KeepRaw")["actions"].append("*")


def actions_by_a_prefix(plan):
    statement(plan, "ReadStream")["actions"].append("kinesis:Get*")


def every_resource(plan):
    statement(plan, "FindRaw")["resources"] = ["*"]


def every_resource_of_a_service(plan):
    statement(plan, "FindRaw")["resources"] = ["arn:aws:s3:::*"]


def an_action_without_a_reason_beside_one_that_has_one(plan):
    address = 'module.platform.module.task["silver"].data.aws_iam_policy_document.start'
    statement(plan, "LogInToRegistry", address)["actions"].append("ecr:DeleteRepository")


def all_but_an_action(plan):
    statement(plan, "KeepRaw")["not_actions"] = ["s3:DeleteBucket"]


def actions_that_are_not_known(plan):
    unknown = change(plan, BRONZE)["after_unknown"]
    names = [statement.get("sid") for statement in change(plan, BRONZE)["after"]["statement"]]
    unknown.setdefault("statement", [{} for _ in names])
    unknown["statement"][names.index("KeepRaw")]["actions"] = True


def a_policy_written_beside_the_documents(plan):
    wide = {"Version": "2012-10-17", "Statement": [{"Sid": "Beside", "Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}]}
    role = first(plan, "aws_iam_role_policy")["change"]
    role["after"]["policy"] = json.dumps(wide)
    role["after_unknown"].pop("policy", None)


def a_policy_that_is_computed_from_something_else(plan):
    address = 'module.platform.module.task["bronze"].aws_iam_role_policy.task'
    modules = plan["configuration"]["root_module"]["module_calls"]["platform"]["module"]["module_calls"]["task"]["module"]
    resource = next(resource for resource in modules["resources"] if resource["address"] == "aws_iam_role_policy.task")
    resource["expressions"]["policy"] = {"references": ["var.policy"]}
    change(plan, address)["after"].pop("policy", None)
    change(plan, address)["after_unknown"]["policy"] = True


def a_bucket_for_anybody(plan):
    wide = {"Version": "2012-10-17", "Statement": [{"Sid": "World", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}
    bucket = first(plan, "aws_s3_bucket_policy")["change"]
    bucket["after"]["policy"] = json.dumps(wide)
    bucket["after_unknown"].pop("policy", None)


def a_public_address_of_the_warehouse(plan):
    first(plan, "aws_redshiftserverless_workgroup")["change"]["after"]["publicly_accessible"] = True


def a_public_address_of_the_containers(plan):
    first(plan, "aws_ecs_service")["change"]["after"]["network_configuration"][0]["assign_public_ip"] = True


def a_rule_for_the_world(plan):
    first(plan, "aws_vpc_security_group_ingress_rule")["change"]["after"]["cidr_ipv4"] = "0.0.0.0/0"


def a_password_in_the_state(plan):
    first(plan, "aws_redshiftserverless_namespace")["change"]["after"]["admin_user_password"] = "Airport-1"


def a_log_in_the_clear(plan):
    change = first(plan, "aws_cloudwatch_log_group")["change"]
    change["after"]["kms_key_id"] = None
    change["after_unknown"].pop("kms_key_id", None)


WIDENED = {
    every_action_of_a_service: "allows s3:*",
    every_action: "allows *;",
    actions_by_a_prefix: "allows kinesis:Get*",
    every_resource: "allows s3:ListBucket on every resource",
    every_resource_of_a_service: "allows every s3 resource",
    an_action_without_a_reason_beside_one_that_has_one: "allows ecr:DeleteRepository on every resource",
    all_but_an_action: "allows all but something",
    actions_that_are_not_known: "its actions can't be read",
    a_policy_written_beside_the_documents: "allows dynamodb:*",
    a_policy_that_is_computed_from_something_else: "its policy can't be read in the plan",
    a_bucket_for_anybody: "lets anybody do it to everything",
    a_public_address_of_the_warehouse: "a public address",
    a_public_address_of_the_containers: "a public address",
    a_rule_for_the_world: "a rule for addresses",
    a_password_in_the_state: "admin_user_password is in the state",
    a_log_in_the_clear: "not encrypted",
}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        plan = json.load(file)
    wildcards = privileges.read_wildcards(sys.argv[2])
    if privileges.read(plan, wildcards)[0]:
        sys.exit("the plan as it is has faults already")
    missed = 0
    for widen, expected in WIDENED.items():
        wide = copy.deepcopy(plan)
        widen(wide)
        faults, _ = privileges.read(wide, wildcards)
        if not any(expected in fault for fault in faults):
            missed += 1
            print(f"{widen.__name__} was not found; found: {faults}")
    for action in wildcards:
        fewer = {other: reason for other, reason in wildcards.items() if other != action}
        if not privileges.read(plan, fewer)[0]:
            missed += 1
            print(f"wildcards.tsv: no policy needs {action}; take it out")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
