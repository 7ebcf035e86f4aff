variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "container_insights" {
  description = "Whether CloudWatch keeps CPU, memory and task counts of each service; paid by the metric"
  type        = bool
  default     = false
}
