variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "kms_key_arn" {
  description = "Key that the warehouse and its administrator's password are encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "subnet_ids" {
  description = "Private subnets"
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2 && alltrue([for id in var.subnet_ids : can(regex("^subnet-", id))])
    error_message = "subnet_ids are the ids of two or more subnets, subnet-…: one zone alone does not survive its failure."
  }
}

variable "security_group_id" {
  description = "Security group"
  type        = string

  validation {
    condition     = can(regex("^sg-", var.security_group_id))
    error_message = "security_group_id is the id of a security group, sg-…."
  }
}

variable "database" {
  description = "Name of the database"
  type        = string
  default     = "airportops"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,63}$", var.database))
    error_message = "database is a lower-case name of letters, digits and underscores, at most 64."
  }
}

variable "base_capacity" {
  description = "Redshift processing units at the start of a query; paid by the second while queries run, nothing while none does"
  type        = number
  default     = 8

  validation {
    condition     = var.base_capacity == 4 || (var.base_capacity >= 8 && var.base_capacity <= 1024 && var.base_capacity % 8 == 0)
    error_message = "base_capacity is 4 or a multiple of 8 from 8 to 1024."
  }
}

variable "max_capacity" {
  description = "Units that it may grow to"
  type        = number
  default     = 32

  validation {
    condition     = var.max_capacity >= 8 && var.max_capacity <= 1024 && var.max_capacity % 8 == 0
    error_message = "max_capacity is a multiple of 8 from 8 to 1024."
  }

  validation {
    condition     = var.max_capacity >= var.base_capacity
    error_message = "max_capacity is at least base_capacity."
  }
}

variable "daily_rpu_hours" {
  description = "Unit hours a day at which breach_action is taken: the brake on the bill"
  type        = number
  default     = 24

  validation {
    condition     = var.daily_rpu_hours >= 1 && floor(var.daily_rpu_hours) == var.daily_rpu_hours
    error_message = "daily_rpu_hours is a whole number from 1."
  }
}

variable "breach_action" {
  description = "What happens at daily_rpu_hours: log, emit-metric, or deactivate, which refuses queries until the next day (UTC)"
  type        = string
  default     = "deactivate"

  validation {
    condition     = contains(["log", "emit-metric", "deactivate"], var.breach_action)
    error_message = "breach_action is log, emit-metric or deactivate."
  }
}

variable "max_query_seconds" {
  description = "Seconds after which a query is cancelled"
  type        = number
  default     = 3600

  validation {
    condition     = var.max_query_seconds >= 60 && var.max_query_seconds <= 86399 && floor(var.max_query_seconds) == var.max_query_seconds
    error_message = "max_query_seconds is a whole number from 60 to 86399."
  }
}

variable "bucket_arn" {
  description = "Bucket that COPY reads Silver from"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:s3:::[a-z0-9.-]{3,63}$", var.bucket_arn))
    error_message = "bucket_arn is the ARN of a bucket, arn:aws:s3:::NAME."
  }
}
