terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # Which bucket: terraform init -backend-config=… (README). The lock is an object beside the state.
  backend "s3" {
    key          = "airportops/prod/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region      = var.region
  max_retries = var.max_retries

  default_tags {
    tags = {
      Project     = "airportops"
      Environment = "prod"
      ManagedBy   = "terraform"
    }
  }
}
