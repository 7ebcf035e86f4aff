variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "kms_key_arn" {
  description = "Key of the stream and of the bucket"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "stream_arn" {
  description = "Stream whose records are archived"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:[0-9]{12}:stream/", var.stream_arn))
    error_message = "stream_arn is the ARN of a Kinesis stream, arn:aws:kinesis:REGION:ACCOUNT:stream/NAME."
  }
}

variable "bucket_arn" {
  description = "Bucket of the raw zone"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:s3:::[a-z0-9.-]{3,63}$", var.bucket_arn))
    error_message = "bucket_arn is the ARN of a bucket, arn:aws:s3:::NAME."
  }
}

variable "buffer_seconds" {
  description = "Seconds of records in one object, unless buffer_megabytes are full before"
  type        = number
  default     = 60

  validation {
    condition     = var.buffer_seconds >= 0 && var.buffer_seconds <= 900 && floor(var.buffer_seconds) == var.buffer_seconds
    error_message = "buffer_seconds is a whole number from 0 to 900, Firehose's limits."
  }
}

variable "buffer_megabytes" {
  description = "Megabytes of records in one object, before compression"
  type        = number
  default     = 64

  validation {
    condition     = var.buffer_megabytes >= 1 && var.buffer_megabytes <= 128 && floor(var.buffer_megabytes) == var.buffer_megabytes
    error_message = "buffer_megabytes is a whole number from 1 to 128, Firehose's limits."
  }
}

variable "log_days" {
  description = "Days for which delivery errors are kept"
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096], var.log_days)
    error_message = "log_days is a retention that CloudWatch Logs has: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 or 1096."
  }
}

