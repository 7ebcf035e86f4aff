variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
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

variable "service" {
  description = "Name of the service within the environment, for instance silver"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,19}$", var.service))
    error_message = "service is 2 to 20 lower-case letters, digits and hyphens, for instance silver."
  }
}

variable "task_definition_arn" {
  description = "What it runs"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{12}:task-definition/", var.task_definition_arn))
    error_message = "task_definition_arn is the ARN of a task definition, arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION."
  }
}

variable "desired_tasks" {
  description = "Tasks; with scaling, how many at the start"
  type        = number
  default     = 1

  validation {
    condition     = var.desired_tasks >= 0 && var.desired_tasks <= 500 && floor(var.desired_tasks) == var.desired_tasks
    error_message = "desired_tasks is a whole number from 0 to 500."
  }
}

variable "spot" {
  description = "Whether it runs on spare capacity: about 70 % cheaper, and stopped with two minutes' notice when AWS needs it"
  type        = bool
  default     = false
}

variable "scaling" {
  description = "Tasks between min_tasks and max_tasks by the stage's lag: one more when it is out_seconds behind, four more at five times that, one less after a quiet quarter of an hour below in_seconds; null: desired_tasks, always"
  type = object({
    min_tasks   = number
    max_tasks   = number
    stage       = string
    stream      = string
    out_seconds = optional(number, 120)
    in_seconds  = optional(number, 30)
  })
  default = null

  validation {
    condition     = var.scaling == null ? true : var.scaling.min_tasks >= 1 && var.scaling.max_tasks >= var.scaling.min_tasks && var.scaling.max_tasks <= 500
    error_message = "scaling needs 1 <= min_tasks <= max_tasks <= 500: with no task there is no lag to scale by."
  }

  validation {
    condition     = var.scaling == null ? true : var.scaling.in_seconds > 0 && var.scaling.in_seconds < var.scaling.out_seconds
    error_message = "scaling needs 0 < in_seconds < out_seconds: otherwise it goes up and down for ever."
  }
}
