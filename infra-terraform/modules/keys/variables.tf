variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "deletion_window_days" {
  description = "Days between the key's deletion and its end; until then it can be brought back"
  type        = number
  default     = 30

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30 && floor(var.deletion_window_days) == var.deletion_window_days
    error_message = "deletion_window_days is a whole number from 7 to 30: KMS takes no other."
  }
}
