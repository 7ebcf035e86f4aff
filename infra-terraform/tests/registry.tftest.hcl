mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name        = "airportops-test"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}

run "tags_that_stay_and_images_that_are_scanned" {
  command = plan

  module {
    source = "./modules/registry"
  }

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE" && aws_ecr_repository.this.image_scanning_configuration[0].scan_on_push
    error_message = "A tag must name one image for ever, and images be scanned."
  }

  assert {
    condition     = aws_ecr_repository.this.encryption_configuration[0].kms_key == var.kms_key_arn && !aws_ecr_repository.this.force_delete
    error_message = "Images must be encrypted with the key and not go with the environment by default."
  }

  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.this.policy).rules[1].selection.countNumber == 30
    error_message = "The newest 30 images must be kept."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/registry"
  }

  variables {
    name        = "x"
    keep_images = 1
    kms_key_arn = "x"
  }

  expect_failures = [var.name, var.keep_images, var.kms_key_arn]
}
