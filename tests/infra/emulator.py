#!/usr/bin/env python3
"""moto's server for Terraform: the same arguments as moto_server, with what Terraform and the pipeline stumble over put right.

Each change says what goes wrong without it (moto 5.2). It changes answers only where moto has none, or loses something.
"""
import inspect
import json
import sys
import threading

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.athena.models import AthenaBackend
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ecs.models import Service
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.kinesis.responses import KinesisResponse
from moto.server import main


def keep_tags_of_scaling_targets():
    """Terraform reads a scaling target's tags at every refresh; moto knows no tags there, and Terraform tries again for minutes."""
    tags = {}
    register = ApplicationAutoScalingResponse.register_scalable_target

    def register_with_tags(self):
        answer = register(self)
        tags.setdefault(json.loads(answer)["ScalableTargetARN"], {}).update(self._get_param("Tags") or {})
        return answer

    def tag(self):
        tags.setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags") or {})
        return "{}"

    def untag(self):
        for key in self._get_param("TagKeys") or []:
            tags.get(self._get_param("ResourceARN"), {}).pop(key, None)
        return "{}"

    ApplicationAutoScalingResponse.register_scalable_target = register_with_tags
    ApplicationAutoScalingResponse.tag_resource = tag
    ApplicationAutoScalingResponse.untag_resource = untag
    ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: json.dumps({"Tags": tags.get(self._get_param("ResourceARN"), {})})


def answer_tags_of_workgroups():
    """An Athena workgroup without tags answers null where the API has an empty list."""
    AthenaBackend.list_tags_for_resource = lambda self, arn: self.tagger.list_tags_for_resource(arn) or {"Tags": []}


def keep_settings_of_services():
    """moto drops these when a service is made; Terraform would set them again, and replace the service, in every plan."""
    Service.availability_zone_rebalancing = "DISABLED"
    Service.enable_execute_command = False
    Service.capacity_provider_strategy = None
    create = EC2ContainerServiceResponse.create_service

    def create_with_strategy(self):
        answer = create(self)
        name, cluster = self._get_param("serviceName"), self._get_param("cluster", "default")
        services, _ = self.ecs_backend.describe_services(cluster, [name])
        services[0].capacity_provider_strategy = self._get_param("capacityProviderStrategy")
        return answer

    EC2ContainerServiceResponse.create_service = create_with_strategy


def tag_streams_when_they_are_made():
    """CreateStream ignores its tags; Terraform would add them in the second plan."""
    create = KinesisResponse.create_stream

    def create_with_tags(self):
        answer = create(self)
        tags = self._get_param("Tags")
        if tags:
            self.kinesis_backend.add_tags_to_stream(None, self._get_param("StreamName"), tags)
        return answer

    KinesisResponse.create_stream = create_with_tags


def describe_rules_between_groups():
    """A security group's rule has its description only where it is for addresses; ours are for groups and lists."""
    make = SecurityGroupRule.__init__

    def make_with_description(self, *args, **kwargs):
        make(self, *args, **kwargs)
        given = inspect.signature(make).bind(self, *args, **kwargs).arguments
        sources = [given.get(name) or {} for name in ("source_group", "prefix_list_id")]
        self.source_description = next((source["Description"] for source in sources if source.get("Description")), None)

    SecurityGroupRule.__init__ = make_with_description
    SecurityGroupRule.description = property(lambda self: self.ip_range.get("Description") or self.source_description)


def write_records_one_request_at_a_time():
    """Two PutRecords at once overwrite each other's sequence number, and a record is lost. Kinesis itself loses none."""
    lock = threading.Lock()
    put = KinesisResponse.put_records

    def put_alone(self):
        with lock:
            return put(self)

    KinesisResponse.put_records = put_alone


keep_tags_of_scaling_targets()
answer_tags_of_workgroups()
keep_settings_of_services()
tag_streams_when_they_are_made()
describe_rules_between_groups()
write_records_one_request_at_a_time()

if __name__ == "__main__":
    main(sys.argv[1:])
