mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name = "airportops-test"
}

run "a_cluster_on_fargate" {
  command = plan

  module {
    source = "./modules/cluster"
  }

  assert {
    condition     = aws_ecs_cluster.this.name == "airportops-test" && aws_ecs_cluster_capacity_providers.this.capacity_providers == toset(["FARGATE", "FARGATE_SPOT"])
    error_message = "The cluster must have Fargate and its spare capacity."
  }

  assert {
    condition     = one(aws_ecs_cluster.this.setting).value == "disabled"
    error_message = "Container insights cost and are off by default."
  }
}

run "wrong_inputs_are_refused" {
  command = plan

  module {
    source = "./modules/cluster"
  }

  variables {
    name = "x"
  }

  expect_failures = [var.name]
}
