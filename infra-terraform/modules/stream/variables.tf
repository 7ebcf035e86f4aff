variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "kms_key_arn" {
  description = "Key that records are encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "mode" {
  description = "ON_DEMAND: shards follow the traffic, paid by the gigabyte; PROVISIONED: shard_count shards, paid by the hour"
  type        = string
  default     = "ON_DEMAND"

  validation {
    condition     = contains(["ON_DEMAND", "PROVISIONED"], var.mode)
    error_message = "mode is ON_DEMAND or PROVISIONED."
  }
}

variable "shard_count" {
  description = "Shards of a PROVISIONED stream: 1 MB/s and 1,000 records/s in each; null with ON_DEMAND"
  type        = number
  default     = null

  validation {
    condition     = var.shard_count == null ? true : var.shard_count >= 1 && var.shard_count <= 500 && floor(var.shard_count) == var.shard_count
    error_message = "shard_count is a whole number from 1 to 500."
  }

  validation {
    condition     = (var.mode == "PROVISIONED") == (var.shard_count != null)
    error_message = "shard_count goes with mode PROVISIONED, and only with it."
  }
}

variable "retention_hours" {
  description = "Hours for which records can be read; within them any stage can be away or start again"
  type        = number
  default     = 168

  validation {
    condition     = var.retention_hours >= 24 && var.retention_hours <= 8760 && floor(var.retention_hours) == var.retention_hours
    error_message = "retention_hours is a whole number from 24 to 8760 (a year)."
  }
}
