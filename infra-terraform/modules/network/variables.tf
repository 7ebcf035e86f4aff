variable "name" {
  description = "Prefix of every name, for instance airportops-dev"
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,29}$", var.name))
    error_message = "name is 3 to 30 lower-case letters, digits and hyphens and starts with a letter, for instance airportops-dev."
  }
}

variable "cidr" {
  description = "Addresses of the VPC; each zone's subnet is a sixteenth of it"
  type        = string
  default     = "10.20.0.0/20"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 22, false)
    error_message = "cidr is an IPv4 network of /16 to /22, for instance 10.20.0.0/20: Redshift Serverless needs dozens of free addresses in each subnet."
  }

  validation {
    condition     = can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)", var.cidr))
    error_message = "cidr lies in the private ranges 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16."
  }
}

variable "zones" {
  description = "Availability zones with a private subnet, 2 to 6; Redshift Serverless wants 3"
  type        = number
  default     = 3

  validation {
    condition     = var.zones >= 2 && var.zones <= 6 && floor(var.zones) == var.zones
    error_message = "zones is a whole number from 2 to 6: one zone alone does not survive its failure."
  }
}

variable "endpoint_zones" {
  description = "Zones in which each interface endpoint has an address: each costs by the hour; one zone's failure stops what goes through one-zone endpoints"
  type        = number
  default     = 2

  validation {
    condition     = var.endpoint_zones >= 1 && floor(var.endpoint_zones) == var.endpoint_zones
    error_message = "endpoint_zones is a whole number from 1 to zones."
  }

  validation {
    condition     = var.endpoint_zones <= var.zones
    error_message = "endpoint_zones is at most zones: an endpoint needs a subnet."
  }
}

variable "interface_endpoints" {
  description = "Services reached through interface endpoints, by the last part of their names"
  type        = set(string)
  default     = ["ecr.api", "ecr.dkr", "kinesis-streams", "logs", "redshift-data", "secretsmanager", "sns", "sts"]

  validation {
    condition     = alltrue([for s in var.interface_endpoints : can(regex("^[a-z0-9.-]+$", s))])
    error_message = "interface_endpoints are names such as kinesis-streams or ecr.api, without com.amazonaws and the region."
  }
}

variable "flow_log_days" {
  description = "Days for which the VPC's flow log is kept"
  type        = number
  default     = 14

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096], var.flow_log_days)
    error_message = "flow_log_days is a retention that CloudWatch Logs has: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 or 1096."
  }
}

variable "kms_key_arn" {
  description = "Key that the flow log is encrypted with"
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}
