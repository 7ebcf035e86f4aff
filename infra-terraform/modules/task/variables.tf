variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "kms_key_arn" {
  description = "Key that the log is encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "log_days" {
  description = "Days for which the log is kept"
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096], var.log_days)
    error_message = "log_days is a retention that CloudWatch Logs has: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 or 1096."
  }
}

variable "task" {
  description = "Name of the task within the environment, for instance silver"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,19}$", var.task))
    error_message = "task is 2 to 20 lower-case letters, digits and hyphens, for instance silver."
  }
}

variable "command" {
  description = "Arguments of the program: verb first"
  type        = list(string)

  validation {
    condition     = length(var.command) > 0 && alltrue([for word in var.command : length(word) > 0])
    error_message = "command is the verb and its options, for instance [\"silver\", \"--no-load\"]."
  }
}

variable "image" {
  description = "Image with its tag or digest"
  type        = string

  validation {
    condition     = can(regex("^[^ ]+(:[A-Za-z0-9._-]+|@sha256:[0-9a-f]{64})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image is REPOSITORY:TAG or REPOSITORY@sha256:DIGEST, and the tag is not latest: what runs has to have a name that stays."
  }
}

variable "repository_arn" {
  description = "ECR repository of the image"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:ecr:[a-z0-9-]+:[0-9]{12}:repository/", var.repository_arn))
    error_message = "repository_arn is the ARN of an ECR repository, arn:aws:ecr:REGION:ACCOUNT:repository/NAME."
  }
}

variable "environment" {
  description = "Settings, AIRPORTOPS_… and the SDK's; nothing secret, everybody who may describe the task reads them"
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for key, value in var.environment : can(regex("^(AIRPORTOPS|AWS|DOTNET|TMPDIR)", key)) && value != null])
    error_message = "environment holds AIRPORTOPS_…, AWS_…, DOTNET_… and TMPDIR only."
  }
}

variable "statements" {
  description = "What the task may do: actions on resources, under conditions"
  type = list(object({
    sid        = string
    actions    = list(string)
    resources  = list(string)
    conditions = optional(list(object({ test = string, variable = string, values = list(string) })), [])
  }))

  validation {
    condition     = length(var.statements) > 0 && alltrue([for s in var.statements : can(regex("^[A-Za-z0-9]+$", s.sid)) && length(s.actions) > 0 && length(s.resources) > 0])
    error_message = "statements have a sid of letters and digits, at least one action and at least one resource each."
  }

  validation {
    condition     = alltrue([for action in flatten(var.statements[*].actions) : can(regex("^[a-z0-9-]+:[A-Za-z]+$", action))])
    error_message = "statements name each action in full, as s3:GetObject: no wildcards."
  }
}

variable "cpu" {
  description = "CPU units, 1024 a core"
  type        = number
  default     = 512

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu)
    error_message = "cpu is 256, 512, 1024, 2048, 4096, 8192 or 16384: Fargate has no other."
  }
}

variable "memory" {
  description = "Memory in MiB"
  type        = number
  default     = 1024

  validation {
    condition     = var.memory >= 512 && floor(var.memory) == var.memory && (var.memory == 512 || var.memory % 1024 == 0)
    error_message = "memory is 512 or a multiple of 1024 MiB."
  }

  validation {
    condition     = var.cpu == 256 ? var.memory <= 2048 : var.memory >= 2 * var.cpu && var.memory <= 8 * var.cpu
    error_message = "memory is 2 to 8 times cpu (with cpu 256: 512 to 2048): Fargate has no other."
  }
}

variable "architecture" {
  description = "Processor that the image is built for: X86_64 or ARM64"
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "architecture is X86_64 or ARM64."
  }
}

variable "stop_seconds" {
  description = "Seconds between SIGTERM and SIGKILL: a stage closes its window and hands its shards over"
  type        = number
  default     = 120

  validation {
    condition     = var.stop_seconds >= 2 && var.stop_seconds <= 120 && floor(var.stop_seconds) == var.stop_seconds
    error_message = "stop_seconds is a whole number from 2 to 120, Fargate's limit."
  }
}

variable "health_command" {
  description = "Arguments of the program that tell whether the container is well, for instance [\"health\"]; empty: none"
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for word in var.health_command : length(word) > 0])
    error_message = "health_command is a verb and its options, or empty."
  }
}

variable "scratch_path" {
  description = "Folder that the program may write to; the rest of the container can't be written"
  type        = string
  default     = "/var/lib/airportops"

  validation {
    condition     = can(regex("^/[a-z]", var.scratch_path))
    error_message = "scratch_path is an absolute path, for instance /var/lib/airportops."
  }
}
