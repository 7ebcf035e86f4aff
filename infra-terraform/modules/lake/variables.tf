variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "kms_key_arn" {
  description = "Key that objects are encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "unique_suffix" {
  description = "Ends the buckets' names, which are unique in the world"
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]{4,12}$", var.unique_suffix))
    error_message = "unique_suffix is 4 to 12 lower-case letters and digits of your choice, for instance the last digits of the account."
  }
}

variable "raw_archive_days" {
  description = "Days after which raw objects move to Glacier Instant Retrieval; null keeps them where they are"
  type        = number
  default     = 90

  validation {
    condition     = var.raw_archive_days == null ? true : var.raw_archive_days >= 1 && floor(var.raw_archive_days) == var.raw_archive_days
    error_message = "raw_archive_days is a whole number from 1, or null."
  }
}

variable "raw_expire_days" {
  description = "Days after which raw objects are deleted; null keeps them for ever: everything can be built from them"
  type        = number
  default     = null

  validation {
    condition     = var.raw_expire_days == null ? true : var.raw_expire_days >= 8 && floor(var.raw_expire_days) == var.raw_expire_days
    error_message = "raw_expire_days is a whole number from 8, or null: the raw zone has to outlive the stream's week."
  }

  validation {
    condition     = var.raw_expire_days == null || var.raw_archive_days == null ? true : var.raw_expire_days > var.raw_archive_days
    error_message = "raw_expire_days is greater than raw_archive_days: nothing is archived after it is deleted."
  }
}

variable "cleaned_infrequent_days" {
  description = "Days after which cleaned objects move to Standard-IA; null keeps them where they are"
  type        = number
  default     = 90

  validation {
    condition     = var.cleaned_infrequent_days == null ? true : var.cleaned_infrequent_days >= 30 && floor(var.cleaned_infrequent_days) == var.cleaned_infrequent_days
    error_message = "cleaned_infrequent_days is a whole number from 30, which is S3's least, or null."
  }
}

variable "noncurrent_days" {
  description = "Days for which a replaced or deleted object can be brought back"
  type        = number
  default     = 14

  validation {
    condition     = var.noncurrent_days >= 1 && floor(var.noncurrent_days) == var.noncurrent_days
    error_message = "noncurrent_days is a whole number from 1."
  }
}

variable "force_destroy" {
  description = "Whether destroying the environment deletes the buckets' objects too; otherwise a bucket that holds any stops it"
  type        = bool
  default     = false
}
