variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "monthly_usd" {
  description = "US dollars a month that the account is expected to stay below"
  type        = number

  validation {
    condition     = var.monthly_usd > 0
    error_message = "monthly_usd is greater than 0."
  }
}

variable "alert_email" {
  description = "Who is told at 80 % and when the forecast goes over it"
  type        = string

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+\\.[^@ .]+$", var.alert_email))
    error_message = "alert_email is an e-mail address, for instance ops@example.com."
  }
}
