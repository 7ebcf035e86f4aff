variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
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

variable "host" {
  description = "Host of the warehouse within the VPC"
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9.-]+$", var.host))
    error_message = "host is a host name, without a scheme and port."
  }
}

variable "port" {
  description = "Port of the warehouse"
  type        = number
  default     = 5439

  validation {
    condition     = var.port >= 1 && var.port <= 65535 && floor(var.port) == var.port
    error_message = "port is a whole number from 1 to 65535."
  }
}

variable "database" {
  description = "Name of the database"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,63}$", var.database))
    error_message = "database is a lower-case name of letters, digits and underscores, at most 64."
  }
}

variable "secret_arn" {
  description = "Secret of the user that reads the bi views"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:", var.secret_arn))
    error_message = "secret_arn is the ARN of a secret, arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME."
  }
}

variable "kms_key_arn" {
  description = "Key that the secret is encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "principal_arn" {
  description = "QuickSight user or group that owns the dashboard and shares it with others"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:quicksight:[a-z0-9-]+:[0-9]{12}:(user|group)/", var.principal_arn))
    error_message = "principal_arn is the ARN of a QuickSight user or group, arn:aws:quicksight:REGION:ACCOUNT:user/default/NAME; aws quicksight list-users prints it."
  }
}

variable "import_mode" {
  description = "DIRECT_QUERY asks the warehouse at every look, which wakes it; SPICE keeps a copy that has to be refreshed"
  type        = string
  default     = "DIRECT_QUERY"

  validation {
    condition     = contains(["DIRECT_QUERY", "SPICE"], var.import_mode)
    error_message = "import_mode is DIRECT_QUERY or SPICE."
  }
}

variable "manage_secrets_role" {
  description = "Whether to make the role through which QuickSight reads secrets; an account has one, with a fixed name, so one environment makes it"
  type        = bool
  default     = true
}
