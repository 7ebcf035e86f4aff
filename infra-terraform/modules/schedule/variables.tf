variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "kms_key_arn" {
  description = "Key that the queue of failed starts is encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "cluster_arn" {
  description = "ECS cluster"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{12}:cluster/", var.cluster_arn))
    error_message = "cluster_arn is the ARN of an ECS cluster, arn:aws:ecs:REGION:ACCOUNT:cluster/NAME."
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

variable "schedules" {
  description = "Tasks by name: when (rate or cron, UTC) which task definition starts with which roles"
  type = map(object({
    expression          = string
    task_definition_arn = string
    role_arns           = list(string)
    enabled             = optional(bool, true)
  }))

  validation {
    condition     = alltrue([for key, s in var.schedules : can(regex("^[a-z][a-z0-9-]{1,19}$", key))])
    error_message = "schedules have names of 2 to 20 lower-case letters, digits and hyphens, for instance gold-build."
  }

  validation {
    condition     = alltrue([for s in values(var.schedules) : can(regex("^(rate\\([1-9][0-9]* (minute|minutes|hour|hours|day|days)\\)|cron\\([^ ]+ [^ ]+ [^ ]+ [^ ]+ [^ ]+ [^ ]+\\))$", s.expression))])
    error_message = "schedules' expressions are rate(15 minutes) or cron(0 6 * * ? *), with six fields."
  }

  validation {
    condition     = alltrue([for s in values(var.schedules) : can(regex("^arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{12}:task-definition/[^:]+:[0-9]+$", s.task_definition_arn)) && length(s.role_arns) > 0])
    error_message = "schedules name a task definition with its revision and at least one role to pass."
  }
}

variable "spot" {
  description = "Whether the tasks run on spare capacity, which may be missing or be taken back"
  type        = bool
  default     = false
}
