using System.Net;
using System.Text;
using AirportOps.Aws.Connecting;
using AirportOps.Aws.Tests.Emulators;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.KinesisFirehose.Model;
using Amazon.RedshiftDataAPIService;
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;
using Amazon.SecretsManager.Model;

namespace AirportOps.Aws.Tests.Clients;

/// <summary>Requests and answers of the awsJson clients, byte by byte.</summary>
public sealed class JsonClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_one_JSON_object_with_the_operation_in_its_header()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(_ => true, 1, Happenings.Answer(HttpStatusCode.OK, """
            {"FailedRecordCount":1,"EncryptionType":"KMS","Records":[{"SequenceNumber":"49","ShardId":"shardId-000000000000"},
             {"ErrorCode":"ProvisionedThroughputExceededException","ErrorMessage":"Rate exceeded"}]}
            """));
        using var client = TestAws.Clients(endpoint.Url).Kinesis();

        var response = await client.PutRecordsAsync(
            new PutRecordsRequest
            {
                StreamName = "flights",
                Records =
                [
                    new() { PartitionKey = "Ä \"1\"", Data = new MemoryStream([0, 255, 10]) },
                    new() { PartitionKey = "2", Data = new MemoryStream([1, 2, 3, 4], 1, 2, false, publiclyVisible: true), ExplicitHashKey = "7" },
                ],
            },
            Token);

        var request = Assert.Single(endpoint.Requests);
        Assert.Equal(("POST", "/", "Kinesis_20131202.PutRecords", "application/x-amz-json-1.1"),
            (request.Method, request.Path, request.Headers["X-Amz-Target"], request.Headers["Content-Type"]));
        Assert.Equal(
            """{"Records":[{"Data":"AP8K","PartitionKey":"Ä \"1\""},{"Data":"AgM=","ExplicitHashKey":"7","PartitionKey":"2"}],"StreamName":"flights"}""",
            request.Json.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal((1, EncryptionType.KMS), (response.FailedRecordCount, response.EncryptionType));
        Assert.Equal(
            [("49", "shardId-000000000000", null), (null, null, "ProvisionedThroughputExceededException")],
            response.Records!.Select(record => (record.SequenceNumber, record.ShardId, record.ErrorCode)));
    }

    [Theory]
    [InlineData("""{"SecretString":"s"}""", "s")]
    [InlineData("", null)]
    public async Task An_answer_that_does_not_say_its_length_is_read_to_its_end(string body, string? expected)
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(_ => true, 1, exchange => exchange.AnswerAsync(
            HttpStatusCode.OK, "application/x-amz-json-1.1", Encoding.UTF8.GetBytes(body), saysLength: false));
        using var client = TestAws.Clients(endpoint.Url).SecretsManager();

        Assert.Equal(expected, (await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "x" }, Token)).SecretString);
    }

    [Fact]
    public async Task Times_are_seconds_with_milliseconds_both_ways()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(request => request.Operation == "GetShardIterator", 1, Happenings.Answer(HttpStatusCode.OK, """{"ShardIterator":"it"}"""));
        endpoint.Next(request => request.Operation == "GetRecords", 1, Happenings.Answer(HttpStatusCode.OK, """
            {"MillisBehindLatest":15,"Records":[{"ApproximateArrivalTimestamp":1.773324312123E9,"Data":"aGk=","PartitionKey":"k","SequenceNumber":"9"}]}
            """));
        using var client = TestAws.Clients(endpoint.Url).Kinesis();
        var time = new DateTime(2026, 3, 12, 14, 5, 12, 123, DateTimeKind.Utc);

        await client.GetShardIteratorAsync(
            new GetShardIteratorRequest { ShardId = "s", ShardIteratorType = ShardIteratorType.AT_TIMESTAMP, Timestamp = time }, Token);
        var records = await client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = "it", Limit = 5 }, Token);

        Assert.Equal(
            """{"ShardId":"s","ShardIteratorType":"AT_TIMESTAMP","Timestamp":1773324312.123}""", endpoint.Requests.First().Text);
        var record = Assert.Single(records.Records!);
        Assert.Equal((time, "k", "9", "hi"),
            (record.ApproximateArrivalTimestamp, record.PartitionKey, record.SequenceNumber, Encoding.UTF8.GetString(record.Data!.ToArray())));
        Assert.Equal((15, null), (records.MillisBehindLatest, records.NextShardIterator));
    }

    [Fact]
    public async Task Redshift_statements_are_started_watched_and_read()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        Script("ExecuteStatement", """{"Id":"1","CreatedAt":1773324312.5,"Database":"dev"}""");
        Script("BatchExecuteStatement", """{"Id":"2"}""");
        Script("DescribeStatement", """
            {"Id":"2","Status":"FAILED","Error":"ERROR: syntax","Duration":12,"SubStatements":[{"Id":"2:1","Status":"FINISHED","HasResultSet":false}]}
            """);
        Script("GetStatementResult", """
            {"TotalNumRows":1,"ColumnMetadata":[{"name":"n","typeName":"int8","nullable":1}],
             "Records":[[{"longValue":7},{"isNull":true},{"stringValue":"x"},{"doubleValue":1.5},{"booleanValue":true}]]}
            """);
        Script("CancelStatement", """{"Status":true}""");
        using var client = TestAws.Clients(endpoint.Url).RedshiftData();

        var started = await client.ExecuteStatementAsync(
            new ExecuteStatementRequest { WorkgroupName = "w", Database = "dev", Sql = "select :a", Parameters = [new() { Name = "a", Value = "1" }], ClientToken = "t" },
            Token);
        var batch = await client.BatchExecuteStatementAsync(
            new BatchExecuteStatementRequest { ClusterIdentifier = "c", DbUser = "u", Database = "dev", Sqls = ["a", "b"] }, Token);
        var described = await client.DescribeStatementAsync(new DescribeStatementRequest { Id = batch.Id }, Token);
        var result = await client.GetStatementResultAsync(new GetStatementResultRequest { Id = started.Id }, Token);
        var cancelled = await client.CancelStatementAsync(new CancelStatementRequest { Id = "3" }, Token);

        Assert.Equal(
            [
                """RedshiftData.ExecuteStatement {"ClientToken":"t","Database":"dev","Parameters":[{"name":"a","value":"1"}],"Sql":"select :a","WorkgroupName":"w"}""",
                """RedshiftData.BatchExecuteStatement {"ClusterIdentifier":"c","Database":"dev","DbUser":"u","Sqls":["a","b"]}""",
                """RedshiftData.DescribeStatement {"Id":"2"}""",
                """RedshiftData.GetStatementResult {"Id":"1"}""",
                """RedshiftData.CancelStatement {"Id":"3"}""",
            ],
            endpoint.Requests.Select(request => $"{request.Headers["X-Amz-Target"]} {request.Text}"));
        Assert.Equal(new DateTime(2026, 3, 12, 14, 5, 12, 500, DateTimeKind.Utc), started.CreatedAt);
        Assert.Equal((StatusString.FAILED, "ERROR: syntax"), (described.Status, described.Error));
        Assert.Equal(StatementStatusString.FINISHED, Assert.Single(described.SubStatements!).Status);
        Assert.Equal(("n", "int8", 1), (result.ColumnMetadata![0].Name, result.ColumnMetadata[0].TypeName, result.ColumnMetadata[0].Nullable));
        Assert.Equal(
            [(7, null, null, null, null), (null, true, null, null, null), (null, null, "x", null, null), (null, null, null, 1.5, null), (null, null, null, null, true)],
            Assert.Single(result.Records!).Select(field => (field.LongValue, field.IsNull, field.StringValue, field.DoubleValue, field.BooleanValue)));
        Assert.True(cancelled.Status);

        void Script(string operation, string answer) =>
            endpoint.Next(request => request.Operation == operation, 1, Happenings.Answer(HttpStatusCode.OK, answer));
    }

    [Fact]
    public async Task Firehose_and_secrets_keep_their_shapes()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(request => request.Operation == "PutRecordBatch", 1, Happenings.Answer(
            HttpStatusCode.OK, """{"FailedPutCount":0,"RequestResponses":[{"RecordId":"r"}]}"""));
        endpoint.Next(request => request.Operation == "GetSecretValue", 1, Happenings.Answer(
            HttpStatusCode.OK, """{"ARN":"arn","Name":"db","SecretString":"{}","VersionStages":["AWSCURRENT"],"SecretBinary":"AQ=="}"""));
        using var firehose = TestAws.Clients(endpoint.Url).Firehose();
        using var secrets = TestAws.Clients(endpoint.Url).SecretsManager();

        var put = await firehose.PutRecordBatchAsync(
            new PutRecordBatchRequest { DeliveryStreamName = "d", Records = [new() { Data = new MemoryStream([1]) }] }, Token);
        var secret = await secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "db" }, Token);

        Assert.Equal(
            [
                """Firehose_20150804.PutRecordBatch {"DeliveryStreamName":"d","Records":[{"Data":"AQ=="}]}""",
                """secretsmanager.GetSecretValue {"SecretId":"db"}""",
            ],
            endpoint.Requests.Select(request => $"{request.Headers["X-Amz-Target"]} {request.Text}"));
        Assert.Equal((0, "r"), (put.FailedPutCount, put.RequestResponses![0].RecordId));
        Assert.Equal(("arn", "db", "{}", "AWSCURRENT", 1),
            (secret.ARN, secret.Name, secret.SecretString, secret.VersionStages!.Single(), secret.SecretBinary!.ReadByte()));
    }

    [Theory]
    [InlineData("ExpiredIteratorException", typeof(ExpiredIteratorException))]
    [InlineData("com.amazonaws.kinesis#InvalidArgumentException", typeof(Amazon.Kinesis.Model.InvalidArgumentException))]
    [InlineData("ResourceNotFoundException", typeof(Amazon.Kinesis.Model.ResourceNotFoundException))]
    [InlineData("SomethingNew", typeof(AmazonKinesisException))]
    public async Task Errors_have_types_and_are_told_at_once_when_waiting_does_not_help(string code, Type type)
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(_ => true, 1, Happenings.Error(code, "it went wrong"));
        using var client = TestAws.Clients(endpoint.Url).Kinesis();

        var error = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = "x" }, Token));

        Assert.Equal(type, error.GetType());
        Assert.Equal((code[(code.IndexOf('#') + 1)..], "it went wrong", HttpStatusCode.BadRequest), (error.ErrorCode, error.Message, error.StatusCode));
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task What_passes_is_tried_again_by_the_runtime()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(_ => true, 1, Happenings.Error("InternalFailure", status: HttpStatusCode.InternalServerError));
        endpoint.Next(_ => true, 1, Happenings.Reset);
        endpoint.Next(_ => true, 1, Happenings.Answer(HttpStatusCode.OK, """{"ShardIterator":"it"}"""));
        using var client = TestAws.Clients(endpoint.Url).Kinesis();

        var answer = await client.GetShardIteratorAsync(new GetShardIteratorRequest { ShardId = "s" }, Token);

        Assert.Equal("it", answer.ShardIterator);
        Assert.Equal(3, endpoint.Requests.Count);
    }

    [Fact]
    public async Task Requests_are_signed_for_the_service_with_the_session_token()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(_ => true, 1, Happenings.Answer(HttpStatusCode.OK, "{}"));
        using var client = new AwsClients(TestAws.Options(endpoint.Url, new SessionAWSCredentials("AKID", "secret", "token"))).RedshiftData();

        await client.CancelStatementAsync(new CancelStatementRequest { Id = "1" }, Token);

        var request = Assert.Single(endpoint.Requests);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=AKID/\\d{8}/[a-z0-9-]+/redshift-data/aws4_request, ", request.Headers["Authorization"]);
        Assert.Equal("token", request.Headers["X-Amz-Security-Token"]);
    }
}
