variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "kms_key_arn" {
  description = "Key that the table is encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "deletion_protection" {
  description = "Whether the table refuses to be deleted. Leases say only who works: losing them loses no data"
  type        = bool
  default     = false
}
