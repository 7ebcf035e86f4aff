variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "kms_key_arn" {
  description = "Key that the secrets are encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "users" {
  description = "Users of the warehouse that get a password, with the group each belongs to"
  type        = map(string)

  validation {
    condition     = alltrue([for user in keys(var.users) : can(regex("^[a-z][a-z0-9_]{2,30}$", user))])
    error_message = "users have names of 3 to 31 lower-case letters, digits and underscores, for instance airportops_loader."
  }

  validation {
    condition     = alltrue([for group in values(var.users) : contains(["airportops_load", "airportops_build", "bi_reader"], group)])
    error_message = "users belong to airportops_load, airportops_build or bi_reader, the groups that the warehouse has."
  }
}

variable "recovery_days" {
  description = "Days for which a deleted secret can be brought back, 0 or 7 to 30"
  type        = number
  default     = 7

  validation {
    condition     = var.recovery_days == 0 || (var.recovery_days >= 7 && var.recovery_days <= 30)
    error_message = "recovery_days is 0 or from 7 to 30, Secrets Manager's limits."
  }
}
