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

variable "topic_arn" {
  description = "Topic that alarms call"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:", var.topic_arn))
    error_message = "topic_arn is the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME."
  }
}

variable "stream_name" {
  description = "The stream, by name"
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_.-]{1,128}$", var.stream_name))
    error_message = "stream_name is the name of a Kinesis stream."
  }
}

variable "retention_hours" {
  description = "Hours for which the stream keeps records: a reader half of that behind is about to lose some"
  type        = number

  validation {
    condition     = var.retention_hours >= 24 && var.retention_hours <= 8760
    error_message = "retention_hours is from 24 to 8760."
  }
}

variable "stages" {
  description = "Stages that run as services: bronze, silver, load. Where one of them writes no lag, it does not run"
  type        = set(string)

  validation {
    condition     = alltrue([for stage in var.stages : contains(["bronze", "silver", "load"], stage)])
    error_message = "stages are some of bronze, silver and load."
  }
}

variable "lag_seconds" {
  description = "Seconds behind that a stage may be for five minutes"
  type        = number
  default     = 300

  validation {
    condition     = var.lag_seconds >= 60
    error_message = "lag_seconds is at least 60: a window alone takes as long."
  }
}

variable "refused_percent" {
  description = "Refused events in a hundred, over 15 minutes, above which somebody is told"
  type        = number
  default     = 5

  validation {
    condition     = var.refused_percent > 0 && var.refused_percent <= 100
    error_message = "refused_percent is greater than 0, at most 100."
  }
}

variable "gold_hours" {
  description = "Hours within which the star schema has to be built at least once; null: nobody builds it"
  type        = number
  default     = null

  validation {
    condition     = var.gold_hours == null ? true : var.gold_hours >= 1 && var.gold_hours <= 24 && floor(var.gold_hours) == var.gold_hours
    error_message = "gold_hours is a whole number from 1 to 24, or null."
  }
}

variable "expect_traffic" {
  description = "Whether a quarter of an hour without a record is an alarm"
  type        = bool
  default     = false
}

variable "delivery_stream_name" {
  description = "Firehose archive; null: there is none"
  type        = string
  default     = null

  validation {
    condition     = var.delivery_stream_name == null ? true : can(regex("^[a-zA-Z0-9_.-]{1,64}$", var.delivery_stream_name))
    error_message = "delivery_stream_name is the name of a Firehose stream, or null."
  }
}

variable "failed_starts_queue" {
  description = "Queue of scheduled starts that failed; null: nothing is scheduled"
  type        = string
  default     = null

  validation {
    condition     = var.failed_starts_queue == null ? true : can(regex("^[a-zA-Z0-9_-]{1,80}$", var.failed_starts_queue))
    error_message = "failed_starts_queue is the name of a queue, or null."
  }
}

variable "workgroup_name" {
  description = "Workgroup of the warehouse, for the dashboard; null: there is none"
  type        = string
  default     = null

  validation {
    condition     = var.workgroup_name == null ? true : can(regex("^[a-z0-9-]{3,64}$", var.workgroup_name))
    error_message = "workgroup_name is the name of a Redshift Serverless workgroup, or null."
  }
}
