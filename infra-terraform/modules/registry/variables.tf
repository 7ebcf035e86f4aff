variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "kms_key_arn" {
  description = "Key that images are encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "keep_images" {
  description = "Images kept; older ones are deleted"
  type        = number
  default     = 30

  validation {
    condition     = var.keep_images >= 2 && var.keep_images <= 1000 && floor(var.keep_images) == var.keep_images
    error_message = "keep_images is a whole number from 2 to 1000: one to run, one to go back to."
  }
}

variable "force_destroy" {
  description = "Whether destroying the environment deletes the images too"
  type        = bool
  default     = false
}
