#!/usr/bin/env python3
"""moto's server for Terraform: the same arguments as moto_server, with what Terraform and the pipeline stumble over put right.

Each change says what goes wrong without it (moto 5.2). It changes answers only where moto has none, or loses something.
"""
import json
import sys
import threading

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.athena.models import AthenaBackend
from moto.ecs.models import Service
from moto.kinesis.responses import KinesisResponse
from moto.server import main


def answer_tags_of_scaling_targets():
    """Terraform reads a scaling target's tags at every refresh; moto knows no tags there, and Terraform tries again for minutes."""
    ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: json.dumps({"Tags": {}})
    ApplicationAutoScalingResponse.tag_resource = lambda self: "{}"
    ApplicationAutoScalingResponse.untag_resource = lambda self: "{}"


def answer_tags_of_workgroups():
    """An Athena workgroup without tags answers null where the API has an empty list."""
    AthenaBackend.list_tags_for_resource = lambda self, arn: self.tagger.list_tags_for_resource(arn) or {"Tags": []}


def keep_settings_of_services():
    """moto drops these two when a service is made; Terraform would set them again in every plan. These are what our services have."""
    Service.availability_zone_rebalancing = "DISABLED"
    Service.enable_execute_command = False


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


def write_records_one_request_at_a_time():
    """Two PutRecords at once overwrite each other's sequence number, and a record is lost. Kinesis itself loses none."""
    lock = threading.Lock()
    put = KinesisResponse.put_records

    def put_alone(self):
        with lock:
            return put(self)

    KinesisResponse.put_records = put_alone


answer_tags_of_scaling_targets()
answer_tags_of_workgroups()
keep_settings_of_services()
tag_streams_when_they_are_made()
write_records_one_request_at_a_time()

if __name__ == "__main__":
    main(sys.argv[1:])
