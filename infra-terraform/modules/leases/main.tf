# A lease a shard, a few bytes each: paid by the request.
resource "aws_dynamodb_table" "this" {
  name                        = "${var.name}-leases"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "lease_key"
  deletion_protection_enabled = var.deletion_protection

  attribute {
    name = "lease_key"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }

  point_in_time_recovery {
    enabled = false
  }
}
