variable "environment" {
  description = "Name of the environment, dev or prod: with it every name begins, airportops-ENVIRONMENT"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "environment is 2 to 10 lower-case letters and digits and starts with a letter, for instance dev."
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
  description = "Whether services, schedules and QuickSight are there. false for the first apply: the repository has no image yet and the warehouse no tables and users"
  type        = bool
  default     = true
}

variable "spot" {
  description = "Whether containers run on spare capacity: about 70 % cheaper, and stopped with two minutes' notice when AWS needs it"
  type        = bool
  default     = false
}

variable "force_destroy" {
  description = "Whether destroying the environment deletes its data and images too"
  type        = bool
  default     = false
}

variable "log_days" {
  description = "Days for which logs are kept"
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096], var.log_days)
    error_message = "log_days is a retention that CloudWatch Logs has: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 or 1096."
  }
}

variable "network" {
  description = "Addresses, zones with a subnet, and in how many of them each interface endpoint has an address"
  type = object({
    cidr           = optional(string, "10.20.0.0/20")
    zones          = optional(number, 3)
    endpoint_zones = optional(number, 2)
  })
  default = {}

  validation {
    condition     = var.network.zones >= 2 && var.network.endpoint_zones >= 1 && var.network.endpoint_zones <= var.network.zones
    error_message = "network needs 2 or more zones, and endpoint_zones from 1 to zones."
  }
}

variable "stream" {
  description = "ON_DEMAND, or PROVISIONED with shard_count; hours for which records are kept"
  type = object({
    mode            = optional(string, "ON_DEMAND")
    shard_count     = optional(number)
    retention_hours = optional(number, 168)
  })
  default = {}

  validation {
    condition     = contains(["ON_DEMAND", "PROVISIONED"], var.stream.mode) && (var.stream.mode == "PROVISIONED") == (var.stream.shard_count != null)
    error_message = "stream has the mode ON_DEMAND, or PROVISIONED and then a shard_count."
  }
}

variable "archive_enabled" {
  description = "Whether Firehose archives the stream too, apart from the program's bronze: a second way to the raw zone that needs no container"
  type        = bool
  default     = true
}

variable "simulator" {
  description = "Simulated traffic: tasks, events a second of each, share of messy events"
  type = object({
    desired_tasks     = optional(number, 1)
    events_per_second = optional(number, 20)
    mess              = optional(number, 0.2)
    cpu               = optional(number, 256)
    memory            = optional(number, 512)
  })
  default = {}

  validation {
    condition     = var.simulator.desired_tasks >= 0 && floor(var.simulator.desired_tasks) == var.simulator.desired_tasks
    error_message = "simulator.desired_tasks is a whole number from 0; 0 where real sources write to the stream."
  }

  validation {
    condition     = var.simulator.events_per_second > 0 && var.simulator.events_per_second <= 1000000 && var.simulator.mess >= 0 && var.simulator.mess <= 1
    error_message = "simulator.events_per_second is over 0, to 1,000,000, and simulator.mess from 0 to 1."
  }
}

variable "bronze" {
  description = "Archiving the stream to the raw zone: tasks from min_tasks to max_tasks by lag; 0 and 0 where Firehose alone does it"
  type = object({
    min_tasks = optional(number, 1)
    max_tasks = optional(number, 1)
    cpu       = optional(number, 256)
    memory    = optional(number, 512)
  })
  default = {}

  validation {
    condition     = var.bronze.min_tasks >= 0 && var.bronze.max_tasks >= var.bronze.min_tasks && (var.bronze.min_tasks > 0 || var.bronze.max_tasks == 0)
    error_message = "bronze needs 1 <= min_tasks <= max_tasks, or 0 and 0."
  }
}

variable "silver" {
  description = "Cleaning the stream: tasks from min_tasks to max_tasks by lag, more than shards have nothing to do; seconds of a window"
  type = object({
    min_tasks      = optional(number, 1)
    max_tasks      = optional(number, 1)
    cpu            = optional(number, 512)
    memory         = optional(number, 2048)
    window_seconds = optional(number, 60)
  })
  default = {}

  validation {
    condition     = var.silver.min_tasks >= 1 && var.silver.max_tasks >= var.silver.min_tasks
    error_message = "silver needs 1 <= min_tasks <= max_tasks."
  }

  validation {
    condition     = var.silver.window_seconds >= 1 && var.silver.window_seconds <= 3600
    error_message = "silver.window_seconds is from 1 to 3600."
  }
}

variable "load_schedule" {
  description = "When Silver is loaded into the warehouse, rate(…) or cron(…) in UTC, so that the warehouse can pause between; null: the service loader loads each window once it is there"
  type        = string
  default     = null

  validation {
    condition     = var.load_schedule == null ? true : can(regex("^(rate|cron)\\(.+\\)$", var.load_schedule))
    error_message = "load_schedule is rate(30 minutes) or cron(0/30 * * * ? *), or null."
  }
}

variable "gold_schedule" {
  description = "When the star schema is built, rate(…) or cron(…) in UTC"
  type        = string
  default     = "rate(15 minutes)"

  validation {
    condition     = can(regex("^(rate|cron)\\(.+\\)$", var.gold_schedule))
    error_message = "gold_schedule is rate(15 minutes) or cron(0/15 * * * ? *)."
  }
}

variable "test_schedule" {
  description = "When the data tests run, rate(…) or cron(…) in UTC"
  type        = string
  default     = "rate(1 hour)"

  validation {
    condition     = can(regex("^(rate|cron)\\(.+\\)$", var.test_schedule))
    error_message = "test_schedule is rate(1 hour) or cron(10 * * * ? *)."
  }
}

variable "gold_hours" {
  description = "Hours without a build of the star schema after which somebody is told"
  type        = number
  default     = 2

  validation {
    condition     = var.gold_hours >= 1 && var.gold_hours <= 24 && floor(var.gold_hours) == var.gold_hours
    error_message = "gold_hours is a whole number from 1 to 24."
  }
}

variable "warehouse_enabled" {
  description = "Whether there is a warehouse. Without it Silver and Athena are all there is"
  type        = bool
  default     = true
}

variable "warehouse" {
  description = "Redshift Serverless: processing units at the start and at most, unit hours a day, and what happens at that limit"
  type = object({
    base_capacity   = optional(number, 8)
    max_capacity    = optional(number, 32)
    daily_rpu_hours = optional(number, 24)
    breach_action   = optional(string, "deactivate")
  })
  default = {}

  validation {
    condition     = var.warehouse.base_capacity >= 4 && var.warehouse.max_capacity >= var.warehouse.base_capacity && var.warehouse.daily_rpu_hours >= 1
    error_message = "warehouse needs 4 <= base_capacity <= max_capacity and daily_rpu_hours of 1 or more."
  }
}

variable "quicksight_principal_arn" {
  description = "QuickSight user or group that owns the dashboard, which comes with the services; null: no QuickSight"
  type        = string
  default     = null

  validation {
    condition     = var.quicksight_principal_arn == null ? true : can(regex("^arn:aws[a-z-]*:quicksight:[a-z0-9-]+:[0-9]{12}:(user|group)/", var.quicksight_principal_arn))
    error_message = "quicksight_principal_arn is the ARN of a QuickSight user or group, arn:aws:quicksight:REGION:ACCOUNT:user/default/NAME, or null."
  }

  validation {
    condition     = var.quicksight_principal_arn == null || var.warehouse_enabled
    error_message = "quicksight_principal_arn needs warehouse_enabled: the dashboard reads the warehouse."
  }
}

variable "quicksight_secrets_role" {
  description = "Whether this environment makes the account's one role through which QuickSight reads secrets"
  type        = bool
  default     = true
}

variable "monthly_budget_usd" {
  description = "US dollars a month that the account is expected to stay below; 0: no budget"
  type        = number
  default     = 0

  validation {
    condition     = var.monthly_budget_usd >= 0
    error_message = "monthly_budget_usd is 0 or more."
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

variable "deletion_window_days" {
  description = "Days for which the key, and what it encrypts, can be brought back after a destroy"
  type        = number
  default     = 30

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30 && floor(var.deletion_window_days) == var.deletion_window_days
    error_message = "deletion_window_days is a whole number from 7 to 30: KMS takes no other."
  }
}
