data "aws_partition" "current" {}

locals {
  buckets = {
    raw     = "${var.name}-raw-${var.unique_suffix}"
    cleaned = "${var.name}-cleaned-${var.unique_suffix}"
  }

  # When an object moves to which cheaper class, and when it goes.
  moves  = { raw = { days = var.raw_archive_days, class = "GLACIER_IR" }, cleaned = { days = var.cleaned_infrequent_days, class = "STANDARD_IA" } }
  expiry = { raw = var.raw_expire_days, cleaned = null }
}

resource "aws_s3_bucket" "this" {
  for_each = local.buckets

  bucket        = each.value
  force_destroy = var.force_destroy
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = aws_s3_bucket.this

  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  versioning_configuration {
    status = "Enabled"
  }
}

# A bucket key: KMS is asked once for many objects instead of for each.
resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id

  # A killed process leaves the parts of its uploads behind, unseen and paid for.
  rule {
    id     = "abort-incomplete-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  rule {
    id     = "forget-replaced-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.noncurrent_days
    }

    expiration {
      expired_object_delete_marker = true
    }
  }

  dynamic "rule" {
    for_each = local.moves[each.key].days == null ? [] : [local.moves[each.key]]

    content {
      id     = "move-to-cheaper-storage"
      status = "Enabled"

      # S3 itself leaves out objects below 128 KiB, which would cost more there than they save.
      filter {}

      transition {
        days          = rule.value.days
        storage_class = rule.value.class
      }
    }
  }

  dynamic "rule" {
    for_each = local.expiry[each.key] == null ? [] : [local.expiry[each.key]]

    content {
      id     = "expire"
      status = "Enabled"

      filter {}

      expiration {
        days = rule.value
      }
    }
  }

  # Answers of Athena, which anybody can ask for again.
  dynamic "rule" {
    for_each = each.key == "cleaned" ? ["athena-results/"] : []

    content {
      id     = "forget-query-results"
      status = "Enabled"

      filter {
        prefix = rule.value
      }

      expiration {
        days = 7
      }
    }
  }

  # A rule about versions takes effect only where there are any.
  depends_on = [aws_s3_bucket_versioning.this]
}

data "aws_iam_policy_document" "tls_only" {
  for_each = local.buckets

  statement {
    sid     = "TlsOnly"
    effect  = "Deny"
    actions = ["s3:*"]

    resources = [
      "arn:${data.aws_partition.current.partition}:s3:::${each.value}",
      "arn:${data.aws_partition.current.partition}:s3:::${each.value}/*",
    ]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  for_each = aws_s3_bucket.this

  bucket = each.value.id
  policy = data.aws_iam_policy_document.tls_only[each.key].json

  depends_on = [aws_s3_bucket_public_access_block.this]
}
