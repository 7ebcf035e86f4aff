variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "kms_key_arn" {
  description = "Key that query results are encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "bucket" {
  description = "Bucket of Silver, which also takes query results"
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "bucket is the name of a bucket, without s3://."
  }
}

variable "first_event_date" {
  description = "First day that queries see; a query without a condition on event_date looks at every day since"
  type        = string
  default     = "2000-01-01"

  validation {
    condition     = can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", var.first_event_date)) && can(formatdate("YYYY", "${var.first_event_date}T00:00:00Z"))
    error_message = "first_event_date is a date, YYYY-MM-DD."
  }

  validation {
    condition     = can(regex("^[0-9]{4}", var.first_event_date)) ? tonumber(substr(var.first_event_date, 0, 4)) >= 2000 : true
    error_message = "first_event_date is 2000-01-01 or later: cleaning refuses what is older."
  }
}

variable "scan_limit_gigabytes" {
  description = "Gigabytes that one query may read before it is stopped: the brake on the bill"
  type        = number
  default     = 100

  validation {
    condition     = var.scan_limit_gigabytes >= 1 && floor(var.scan_limit_gigabytes) == var.scan_limit_gigabytes
    error_message = "scan_limit_gigabytes is a whole number from 1."
  }
}

variable "force_destroy" {
  description = "Whether destroying the environment deletes the workgroup with its saved queries and history"
  type        = bool
  default     = false
}
