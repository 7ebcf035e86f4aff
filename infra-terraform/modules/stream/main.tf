locals {
  provisioned = var.mode == "PROVISIONED"
}

resource "aws_kinesis_stream" "this" {
  name             = "${var.name}-events"
  shard_count      = local.provisioned ? var.shard_count : null
  retention_period = var.retention_hours
  encryption_type  = "KMS"
  kms_key_id       = var.kms_key_arn

  # Which shard is hot or throttled; paid by the metric, so only where the shards are few and known.
  shard_level_metrics = local.provisioned ? ["IncomingBytes", "IncomingRecords", "IteratorAgeMilliseconds", "WriteProvisionedThroughputExceeded"] : []

  stream_mode_details {
    stream_mode = var.mode
  }
}
