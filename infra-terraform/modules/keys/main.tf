data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  region  = data.aws_region.current.name
  root    = "arn:${data.aws_partition.current.partition}:iam::${local.account}:root"
}

# One key for everything an environment keeps. In a key's policy the resource "*" is this key.
data "aws_iam_policy_document" "key" {
  # The account administers the key. Spelled out: kms:* would also let the account's administrators hand it to other accounts by a grant.
  statement {
    sid       = "AccountAdministers"
    resources = ["*"]
    actions = [
      "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey", "kms:DisableKeyRotation", "kms:EnableKey",
      "kms:EnableKeyRotation", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListAliases", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListResourceTags",
      "kms:PutKeyPolicy", "kms:RevokeGrant", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
    ]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }

  # Use is given by the policies of the roles; without this they would have no effect.
  statement {
    sid       = "RolesOfTheAccountUse"
    resources = ["*"]
    actions   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }

  # Redshift, DynamoDB and ECR keep a grant on the key for as long as the resource lives.
  statement {
    sid       = "ServicesKeepGrants"
    resources = ["*"]
    actions   = ["kms:CreateGrant"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }

    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }

  statement {
    sid       = "LogGroupsUse"
    resources = ["*"]
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"]

    principals {
      type        = "Service"
      identifiers = ["logs.${local.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:${data.aws_partition.current.partition}:logs:${local.region}:${local.account}:log-group:/${var.name}/*"]
    }
  }

  # What publishes to the encrypted alert topic without a role of ours.
  statement {
    sid       = "AlarmsUse"
    resources = ["*"]
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }

  # EventBridge names no source when it publishes to a topic.
  statement {
    sid       = "EventsUse"
    resources = ["*"]
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "this" {
  description             = "${var.name}: stream, lake, leases, logs, secrets, warehouse"
  deletion_window_in_days = var.deletion_window_days
  enable_key_rotation     = true
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}
