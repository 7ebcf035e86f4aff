variable "region" {
  description = "AWS region of all of it"
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region is the name of an AWS region, for instance us-east-1."
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

variable "alert_email" {
  description = "Who gets the alerts; AWS asks that address once whether it wants them"
  type        = string

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+\\.[^@ .]+$", var.alert_email))
    error_message = "alert_email is an e-mail address, for instance ops@example.com."
  }
}

variable "image_tag" {
  description = "Tag of the image in the environment's repository"
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$", var.image_tag)) && var.image_tag != "latest"
    error_message = "image_tag is a tag of letters, digits, dots, hyphens and underscores, and not latest: what runs has to have a name that stays."
  }
}

variable "services_enabled" {
  description = "Whether services and schedules are there; false for the first apply, before there are an image and tables"
  type        = bool
  default     = true
}

variable "desired_tasks" {
  description = "Simulators; 0 where real sources write to the stream"
  type        = number
  default     = 0

  validation {
    condition     = var.desired_tasks >= 0 && var.desired_tasks <= 500 && floor(var.desired_tasks) == var.desired_tasks
    error_message = "desired_tasks is a whole number from 0 to 500."
  }
}

variable "warehouse_enabled" {
  description = "Whether there is a warehouse; without it Silver and Athena are all there is"
  type        = bool
  default     = true
}

variable "quicksight_principal_arn" {
  description = "QuickSight user or group that owns the dashboard; null: no QuickSight"
  type        = string
  default     = null

  validation {
    condition     = var.quicksight_principal_arn == null ? true : can(regex("^arn:aws[a-z-]*:quicksight:[a-z0-9-]+:[0-9]{12}:(user|group)/", var.quicksight_principal_arn))
    error_message = "quicksight_principal_arn is the ARN of a QuickSight user or group, arn:aws:quicksight:REGION:ACCOUNT:user/default/NAME, or null."
  }
}

variable "quicksight_secrets_role" {
  description = "Whether this environment makes the account's one role through which QuickSight reads secrets; false where another one has made it"
  type        = bool
  default     = true
}

variable "monthly_budget_usd" {
  description = "US dollars a month that the account is expected to stay below; 0: no budget"
  type        = number
  default     = 2500

  validation {
    condition     = var.monthly_budget_usd >= 0
    error_message = "monthly_budget_usd is 0 or more."
  }
}

variable "max_retries" {
  description = "How often a failed call to AWS is tried again"
  type        = number
  default     = 25

  validation {
    condition     = var.max_retries >= 0 && var.max_retries <= 100 && floor(var.max_retries) == var.max_retries
    error_message = "max_retries is a whole number from 0 to 100."
  }
}
